import { byteLength } from "../report/markdown-text.ts";
import { standingOf } from "./class-words.ts";
import { fitBlocks, renderClass } from "./markdown.ts";
import type { PinReport, PinResult } from "./pin-report.ts";
import { countClasses, describePinCounts, describePinVerdict, pinFacts, type PinFact } from "./words.ts";

/** The title of the issue that stands open as long as a pinned artifact is not what was reviewed. */
export const PIN_ISSUE_TITLE = "Pinned artifacts are not what was reviewed";

/** The most bytes of UTF-8: GitHub takes issues of 65,536 characters. */
const budgetBytes = 60_000;

/**
 * What a report says of the issue: `failing` and it must be open, `well` and it must be closed, `undecided` and it stays
 * as it is. A network that is down neither is a finding nor takes one back.
 */
export type PinIssueState = "failing" | "well" | "undecided";

/** Whether a report asks for an open issue, for a closed one, or for neither. */
export function pinIssueStateOf({ results, exitCode }: PinReport): PinIssueState {
  if (results.some((result) => standingOf(result) === "failed")) return "failing";
  return exitCode === 0 ? "well" : "undecided";
}

/**
 * The issue as GitHub-flavoured Markdown. Two runs with the same verdicts say the same: neither attempts nor the bytes
 * that were loaded are in it. What could not be decided is, for it may be what failed the day before.
 */
export function renderPinIssue(report: PinReport): string {
  const head = [
    `${describePinVerdict(report)} ${describePinCounts(report)}.`,
    "",
    "This text is corrected by each run that finds something else, and the issue is closed by the first that finds all well.",
  ];
  const blocks = countClasses(report.results)
    .filter(([name]) => name !== "ok")
    .flatMap(([name]) => renderClass(name, report.results, lastingFacts));
  return `${[...head, ...fitBlocks(blocks, budgetBytes - byteLength(head.join("\n")) - 100)].join("\n")}\n`;
}

/** The words that close the issue. */
export function renderPinIssueEnd(report: PinReport): string {
  return `${describePinVerdict(report)} ${describePinCounts(report)}.\n`;
}

function lastingFacts(result: PinResult): readonly PinFact[] {
  const { cause } = result;
  return pinFacts(result).map((fact) => (fact[0] === "cause" && cause !== null ? ["cause", cause] : fact));
}
