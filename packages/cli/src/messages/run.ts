import type { FailedManifest, MigrateFailure, RunFailure } from "@imagegate/engine";
import {
  describeWith,
  thenRun,
  type Describers,
  type FailureContext,
  type FailureText,
} from "./failure-text.ts";
import { formatCommand } from "./escape.ts";
import { FINGERPRINT_TEXTS } from "./fingerprint.ts";
import { formatCount, formatNames } from "./units.ts";

const SHOWN_CAUSES = 10;
const SHOWN_NAMES = 5;

type Own =
  | Extract<
      RunFailure,
      { readonly reason: "manifest-failed" | "records-strangers" | "records-unreadable" | "cancelled" }
    >
  | Extract<MigrateFailure, { readonly reason: "records-occupied" | "manifests-unstable" }>;

/** Runs that could not decide. */
export const RUN_TEXTS: Describers<Own> = {
  "manifest-failed": ({ manifests }, context) => {
    const causes = groupByText(manifests, context);
    const more = causes.slice(SHOWN_CAUSES).flatMap(({ names }) => names).length;
    const nexts = new Set(causes.map(({ text }) => text.next));
    const [next] = nexts;
    return {
      what: `${formatCount(manifests.length, "manifest")} could not be fingerprinted; no record was touched`,
      details: [
        ...causes.slice(0, SHOWN_CAUSES).flatMap(renderCause),
        ...(more > 0 ? [`and ${formatCount(more, "other manifest")}`] : []),
      ],
      next:
        next !== undefined && nexts.size === 1 ? next : thenRun("correct their definitions", context.rerun),
    };
  },
  "records-strangers": ({ paths }, { rerun }) => ({
    what: `there are files among the records that are none; no record was touched`,
    found: formatNames(paths, 20),
    next: thenRun(formatCommand(["rm", "-r", "--", ...paths]), rerun),
  }),
  "records-unreadable": ({ folder, code }, { rerun }) => ({
    what: `the record folder ${folder} cannot be read`,
    expected: "a folder of records",
    found: code,
    next: thenRun("make it readable", rerun),
  }),
  "records-occupied": ({ folder, files }, { rerun }) => ({
    what: `${folder}, where the new records would go, is not empty; no record was touched`,
    expected: "a folder without files, or another --folder",
    found: formatNames(files, SHOWN_NAMES),
    next: thenRun("make room", rerun),
  }),
  "manifests-unstable": ({ names }, { rerun }) => ({
    what: "manifests came out otherwise when they were made a second time; no record was touched",
    expected: "the same bytes every time",
    found: formatNames(names, SHOWN_NAMES),
    next: thenRun("make their definitions deterministic", rerun),
  }),
  cancelled: (_, { rerun }) => ({ what: "cancelled; no record was touched", next: rerun }),
};

interface Cause {
  readonly names: string[];
  readonly text: FailureText;
}

/** What many manifests suffer from in the same words is told once. */
function groupByText(manifests: readonly FailedManifest[], context: FailureContext): readonly Cause[] {
  const causes = new Map<string, Cause>();
  for (const { name, failure } of manifests) {
    const text = describeWith(FINGERPRINT_TEXTS, failure, context);
    const key = JSON.stringify(text);
    const cause = causes.get(key);
    if (cause === undefined) causes.set(key, { names: [name], text });
    else cause.names.push(name);
  }
  return [...causes.values()];
}

function renderCause({ names, text: { what, expected, found, details = [] } }: Cause): readonly string[] {
  return [
    `${formatNames(names, SHOWN_NAMES)}: ${what}`,
    ...(expected === undefined ? [] : [`  expected: ${expected}`]),
    ...(found === undefined ? [] : [`  found:    ${found}`]),
    ...details.map((line) => `  ${line}`),
  ];
}
