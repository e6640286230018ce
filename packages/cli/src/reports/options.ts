import type { OptionReader } from "../arguments/option-reader.ts";

/** The formats of a report, as the command line spells them. */
const REPORT_FORMATS = ["text", "markdown", "html", "json", "sarif", "junit", "annotations"] as const;

/** One of the formats of a report. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

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
