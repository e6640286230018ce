import {
  formatPinReportJson,
  renderPinJunit,
  renderPinMarkdown,
  renderPinSarif,
  renderPinTerminal,
  type PinReport,
  type TerminalRendering,
} from "@imagegate/core/report";

/** The formats of a report of pins, as the command line spells them. */
export const PIN_FORMATS = ["text", "markdown", "json", "sarif", "junit"] as const;

export type PinFormat = (typeof PIN_FORMATS)[number];

/** A report of pins as a text that ends in a line feed. */
export function formatPinReport(report: PinReport, format: PinFormat, rendering: TerminalRendering): string {
  switch (format) {
    case "text":
      return renderPinTerminal(report, rendering)
        .map((line) => `${line}\n`)
        .join("");
    case "markdown":
      return renderPinMarkdown(report);
    case "json":
      return formatPinReportJson(report);
    case "sarif":
      return renderPinSarif(report);
    case "junit":
      return renderPinJunit(report);
  }
}
