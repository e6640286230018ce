import { resolve } from "node:path";
import type { Report, TerminalRendering } from "@imagegate/core/report";
import type { OptionReader } from "../arguments/option-reader.ts";
import { isColored } from "../messages/style.ts";
import type { Shell } from "../shell/shell.ts";
import { formatReport, REPORT_FORMATS, type ReportFormat } from "./format.ts";
import { writeOutput } from "./output-file.ts";

/** Where a report goes, and in which form. */
export interface Delivery<F extends string = ReportFormat> {
  readonly format: F;
  /** Undefined is stdout. */
  readonly output: string | undefined;
}

/** The options of a report, for the help. */
export const REPORT_OPTIONS = {
  "--format <name>": `The report's format: ${REPORT_FORMATS.join(", ")} (default: text)`,
  "--output <file>": "Write the report to this file instead of stdout",
} as const;

/** How wide a text is that no terminal shows. */
const FILE_WIDTH = 100;

/** Reads the options of a report; `--json` is a way to say `--format json`. */
export function readDelivery(options: OptionReader): Delivery {
  return readDeliveryIn(options, REPORT_FORMATS);
}

/** Reads the same options where there are other formats. */
export function readDeliveryIn<F extends string>(
  options: OptionReader,
  formats: readonly F[],
): Delivery<F | "text" | "json"> {
  const isJson = options.flag("json");
  const format = options.choice("format", formats);
  if (isJson && format !== undefined && format !== "json") {
    options.problems.push(`--json and --format ${format} ask for different things`);
  }
  return { format: format ?? (isJson ? "json" : "text"), output: options.text("output") };
}

/** Brings a report to where it goes; false, and a message, when its file could not be written. */
export async function deliverReport(
  report: Report,
  { format, output }: Delivery,
  shell: Shell,
): Promise<boolean> {
  return deliverText((rendering) => formatReport(report, format, rendering), output, shell);
}

/** Brings what is rendered to a file or to stdout; false, and a message, when the file could not be written. */
export async function deliverText(
  render: (rendering: TerminalRendering) => string,
  output: string | undefined,
  shell: Shell,
): Promise<boolean> {
  const { stdout, env, cwd } = shell;
  if (output === undefined) {
    const width = stdout.columns ?? FILE_WIDTH;
    await shell.printText(render({ width, color: isColored(stdout.isTTY === true, env) }));
    return true;
  }
  const written = await writeOutput(resolve(cwd, output), render({ width: FILE_WIDTH, color: false }));
  if (!written.ok) await shell.fail(written.failure);
  return written.ok;
}
