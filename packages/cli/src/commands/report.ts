import type { TerminalRendering } from "@imagegate/core/report";
import { parseReport } from "@imagegate/engine/explain";
import { defineCommand } from "../arguments/command.ts";
import { formatPinReport, PIN_FORMATS } from "../pins/format.ts";
import { isPinReport } from "../pins/read-report.ts";
import { deliverReport, deliverText } from "../reports/delivery.ts";
import { readDelivery, REPORT_OPTIONS, type Delivery } from "../reports/options.ts";
import { readReportText } from "../reports/read.ts";
import type { ExitCode, Shell } from "../shell/shell.ts";

/** `imagegate report`: another format of a report, of manifests or of pins, that was written as JSON. */
export const reportCommand = defineCommand({
  usage: "report <file>",
  description: "Print a report that was written as JSON in another format; - reads stdin",
  options: { ...REPORT_OPTIONS, "--json": "The same as --format json" },
  examples: [
    "imagegate report imagegate-report.json --format markdown",
    "imagegate report imagegate-report.json --format html --output report.html",
    "imagegate report pins.json --format markdown",
  ],
  parse(options, [file = ""]) {
    const delivery = readDelivery(options);
    return { file, delivery, json: delivery.format === "json" };
  },
  async run({ file, delivery }, shell) {
    const text = await readReportText(file, shell);
    if (!text.ok) {
      await shell.fail(text.failure, { subject: file });
      return 2;
    }
    if (isPinReport(text.value)) return printPins(text.value, file, delivery, shell);
    const report = parseReport(text.value);
    if (!report.ok) {
      await shell.fail(report.failure, { subject: file });
      return 2;
    }
    return (await deliverReport(report.value, delivery, shell)) ? 0 : 2;
  },
});

/** A report of `pins verify`, in the formats that it has. */
async function printPins(
  text: Uint8Array | string,
  file: string,
  { format, output }: Delivery,
  shell: Shell,
): Promise<ExitCode> {
  const known = PIN_FORMATS.find((name) => name === format);
  if (known === undefined) {
    const problem = `${file} is a report of pins: its formats are ${PIN_FORMATS.join(", ")}, not ${format}`;
    await shell.fail({ reason: "usage", problems: [problem], command: "report" });
    return 2;
  }
  const { parsePinReport } = await import("@imagegate/pins");
  const report = parsePinReport(text);
  if (!report.ok) {
    await shell.fail(report.failure, { subject: file });
    return 2;
  }
  const render = (rendering: TerminalRendering): string => formatPinReport(report.value, known, rendering);
  return (await deliverText(render, output, shell)) ? 0 : 2;
}
