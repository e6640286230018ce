import { defineCommand } from "../arguments/command.ts";
import { formatPinReport, PIN_FORMATS, type PinFormat } from "../pins/format.ts";
import { readPinReport } from "../pins/read-report.ts";
import { deliverText, readDeliveryIn, type Delivery } from "../reports/delivery.ts";

interface PinsReportInput {
  readonly file: string;
  readonly delivery: Delivery<PinFormat>;
}

/** `imagegate pins report`: one verification in as many formats as somebody wants to read. */
export const pinsReportCommand = defineCommand<PinsReportInput>({
  usage: "pins report <file>",
  description: "Print what pins verify wrote as JSON in another format; - reads stdin",
  options: {
    "--format <name>": `The report's format: ${PIN_FORMATS.join(", ")} (default: text)`,
    "--output <file>": "Write the report to this file instead of stdout",
  },
  examples: [
    "imagegate pins report pins.json",
    "imagegate pins report pins.json --format sarif --output pins.sarif",
  ],
  parse: (options, [file = ""]) => ({ file, delivery: readDeliveryIn(options, PIN_FORMATS) }),
  async run({ file, delivery: { format, output } }, shell) {
    const report = await readPinReport(file, shell);
    if (!report.ok) {
      await shell.fail(report.failure, { subject: file });
      return 2;
    }
    const isTold = await deliverText(
      (rendering) => formatPinReport(report.value, format, rendering),
      output,
      shell,
    );
    return isTold ? 0 : 2;
  },
});
