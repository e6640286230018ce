export { shortenText } from "./report/columns.ts";
export { MAX_ANNOTATIONS, renderAnnotations } from "./report/annotations.ts";
export { renderHtml } from "./report/html.ts";
export {
  REPORT_LIMITS,
  REPORT_VERSION,
  formatReportJson,
  reportDocument,
  reportOf,
  type ReportDocument,
} from "./report/json.ts";
export { renderJunit } from "./report/junit.ts";
export { renderMarkdown, type MarkdownRendering } from "./report/markdown.ts";
export type { Report, ReportedCommit } from "./report/report.ts";
export { renderSarif } from "./report/sarif.ts";
export { renderTerminalReport, type TerminalRendering } from "./report/terminal.ts";
