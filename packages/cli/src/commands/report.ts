import { defineCommand } from "../arguments/command.ts";
import { deliverReport, readDelivery, REPORT_OPTIONS } from "../reports/delivery.ts";
import { readReport } from "../reports/read.ts";

/** `imagegate report`: another format of a report that was written as JSON. */
export const reportCommand = defineCommand({
  usage: "report <file>",
  description: "Print a report that was written as JSON in another format; - reads stdin",
  options: { ...REPORT_OPTIONS, "--json": "The same as --format json" },
  examples: [
    "imagegate report imagegate-report.json --format markdown",
    "imagegate report imagegate-report.json --format html --output report.html",
  ],
  parse(options, [file = ""]) {
    const delivery = readDelivery(options);
    return { file, delivery, json: delivery.format === "json" };
  },
  async run({ file, delivery }, shell) {
    const report = await readReport(file, shell);
    if (!report.ok) {
      await shell.fail(report.failure, { subject: file });
      return 2;
    }
    return (await deliverReport(report.value, delivery, shell)) ? 0 : 2;
  },
});
