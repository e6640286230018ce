import type { InspectFailure } from "@imagegate/engine";
import { formatCommand } from "./escape.ts";
import { thenRun, type Describers } from "./failure-text.ts";
import { describeOutcome, outcomeDetails } from "./outcome.ts";

const REFUSALS = 8;

/** Trouble with osbuild. */
export const INSPECT_TEXTS: Describers<InspectFailure> = {
  "osbuild-version-failed": ({ argv, outcome }, { rerun }) => ({
    what: `osbuild does not tell its version: ${formatCommand(argv)}`,
    expected: "exit code 0",
    found: describeOutcome(outcome),
    details: outcomeDetails(outcome),
    next: thenRun("install osbuild, or compute ids without it (--ids builtin)", rerun),
  }),
  "osbuild-failed": ({ argv, outcome }, { rerun }) => ({
    what: `osbuild failed: ${formatCommand(argv)}`,
    expected: "exit code 0",
    found: describeOutcome(outcome),
    details: outcomeDetails(outcome),
    next: thenRun("correct the manifest or osbuild's arguments", rerun),
  }),
  "osbuild-refused": ({ argv, title, errors }, { rerun }) => ({
    what: `osbuild refuses the manifest: ${title}`,
    details: [
      ...errors
        .slice(0, REFUSALS)
        .map(({ message, path }) => (path === "" ? message : `${path}: ${message}`)),
      ...(errors.length > REFUSALS ? [`and ${errors.length - REFUSALS} more`] : []),
      `asked by ${formatCommand(argv)}`,
    ],
    next: thenRun("correct the manifest", rerun),
  }),
  "osbuild-output": ({ argv, expected }, { rerun }) => ({
    what: `osbuild printed what cannot be read: ${formatCommand(argv)}`,
    expected,
    next: thenRun("use an osbuild that knows --inspect, or compute ids without it (--ids builtin)", rerun),
  }),
  "ids-disagree": ({ pipeline, stage, builtin, osbuild }, { rerun }) => ({
    what: `imagegate and osbuild disagree about stage ${stage} of pipeline ${JSON.stringify(pipeline)}`,
    expected: `${osbuild ?? "no id"} (osbuild)`,
    found: `${builtin ?? "no id"} (built in)`,
    next: thenRun(
      "report this with the manifest; until it is solved, use osbuild's ids (--ids osbuild, no crossCheck)",
      rerun,
    ),
  }),
};
