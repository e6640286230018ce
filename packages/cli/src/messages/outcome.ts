import type { ProcessOutcome } from "@imagegate/host";
import { lastLines } from "./escape.ts";
import { formatCount, formatDuration, formatSize } from "./units.ts";

/** How many lines of a long text are told: most programs say the reason first or last. */
const FIRST_LINES = 4;
const LAST_LINES = 8;

/** What became of a process, as the end of a sentence about it. */
export function describeOutcome(outcome: ProcessOutcome): string {
  switch (outcome.kind) {
    case "exited":
      return `exit code ${outcome.exitCode}`;
    case "signalled":
      return `ended by ${outcome.signal}`;
    case "timed-out":
      return `still running after ${formatDuration(outcome.timeoutMs)}, and ended`;
    case "cancelled":
      return "cancelled";
    case "output-too-large":
      return `more than ${formatSize(outcome.limitBytes)} ${outcome.bound === "line" ? "in one line" : "of output"}`;
    case "stdout-held-open":
      return "exited, but something that it started kept its output open";
    case "not-found":
      return `there is no program ${outcome.executable}`;
    case "not-started":
      return outcome.subject === "cwd"
        ? `its folder cannot be entered (${outcome.code})`
        : `${outcome.executable} cannot be started (${outcome.code})`;
  }
}

/** What a process wrote on stderr: all of a few lines, else the first and the last. */
export function outcomeDetails(outcome: ProcessOutcome): readonly string[] {
  if (!("stderr" in outcome)) return [];
  const lines = lastLines(outcome.stderr, Number.POSITIVE_INFINITY);
  const left = lines.length - FIRST_LINES - LAST_LINES;
  if (left <= 0) return lines;
  return [...lines.slice(0, FIRST_LINES), `… ${formatCount(left, "line")} …`, ...lines.slice(-LAST_LINES)];
}
