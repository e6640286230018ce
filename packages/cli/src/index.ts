export { runCaptured, type CapturedRun } from "./shell/captured.ts";
export type { CliFailure, DescribedFailure } from "./failure.ts";
export {
  acceptCommand,
  renderCheckReport,
  renderDifferences,
  renderOrphans,
  type ReportRendering,
} from "./messages/check-report.ts";
export { escapeText, formatCommand } from "./messages/escape.ts";
export { describeFailure, renderFailure, type FailureRendering } from "./messages/failure.ts";
export type { FailureContext, FailureText } from "./messages/failure-text.ts";
export { renderGenerateReport } from "./messages/generate-report.ts";
export { chooseColors, PLAIN, type Colors } from "./messages/style.ts";
export { renderSummary, renderWarnings } from "./messages/summary.ts";
