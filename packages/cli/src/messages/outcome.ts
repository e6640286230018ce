import type { ProcessOutcome } from "@imagegate/host";
import { lastLines } from "./escape.ts";
import { formatDuration, formatSize } from "./units.ts";

const STDERR_LINES = 12;

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

/** The last lines that a process wrote on stderr. */
export function outcomeDetails(outcome: ProcessOutcome): readonly string[] {
  return "stderr" in outcome ? lastLines(outcome.stderr, STDERR_LINES) : [];
}
