import {
  formatReportJson,
  renderAnnotations,
  renderHtml,
  renderJunit,
  renderMarkdown,
  renderSarif,
  renderTerminalReport,
  type Report,
  type TerminalRendering,
} from "@imagegate/core/report";
import type { ReportFormat } from "./options.ts";

/** A report as a text that ends in a line feed. */
export function formatReport(report: Report, format: ReportFormat, rendering: TerminalRendering): string {
  switch (format) {
    case "text":
      return joinLines(renderTerminalReport(report, rendering));
    case "markdown":
      return renderMarkdown(report);
    case "html":
      return renderHtml(report);
    case "json":
      return formatReportJson(report);
    case "sarif":
      return renderSarif(report);
    case "junit":
      return renderJunit(report);
    case "annotations":
      return joinLines(renderAnnotations(report));
  }
}

function joinLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
