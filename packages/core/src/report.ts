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
export { PIN_CLASS_WORDS, PIN_CLASSES, standingOf, type PinStanding } from "./pin-report/class-words.ts";
export {
  PIN_ISSUE_TITLE,
  pinIssueStateOf,
  renderPinIssue,
  renderPinIssueEnd,
  type PinIssueState,
} from "./pin-report/issue.ts";
export { formatPinReportJson, PIN_REPORT_VERSION } from "./pin-report/json.ts";
export { renderPinJunit } from "./pin-report/junit.ts";
export { renderPinMarkdown } from "./pin-report/markdown.ts";
export type { PinClass, PinPlace, PinReport, PinReportProblem, PinResult } from "./pin-report/pin-report.ts";
export { renderPinSarif } from "./pin-report/sarif.ts";
export { renderPinTerminal } from "./pin-report/terminal.ts";
export { describePinPlaces, describeUnverified } from "./pin-report/words.ts";
