import type { AcceptFailure } from "@imagegate/engine";
import type { Accepted } from "@imagegate/engine/explain";
import { escapeText } from "./escape.ts";
import { thenRun, type Describers } from "./failure-text.ts";
import { formatCount, formatNames } from "./units.ts";

type Own = Extract<AcceptFailure, { readonly reason: "cause-unknown" | "records-moved" }>;

/** Acceptances that came to nothing. */
export const ACCEPT_TEXTS: Describers<Own> = {
  "cause-unknown": ({ id, known }) => ({
    what: `nothing that differs has a cause ${JSON.stringify(id)}`,
    expected: known.length === 0 ? "a difference to accept: there is none" : `one of ${formatNames(known)}`,
    next: "to see the causes, run: npx imagegate check --explain",
  }),
  "records-moved": ({ paths }, { rerun }) => ({
    what: "records were changed by somebody else meanwhile; those are as they were left",
    found: formatNames(paths),
    next: thenRun("look at them again", rerun),
  }),
};

/** What was accepted, and what is left. */
export function renderAccepted({ accepted, left, heldBack, missing }: Accepted): readonly string[] {
  return [
    ...accepted.map((name) => escapeText(`accepted  ${name}`)),
    `${formatCount(accepted.length, "record")} written; ${left.length === 0 ? "nothing is left" : stillDiffer(left)}`,
    ...(heldBack.length === 0
      ? []
      : [`of what was accepted, ${stillDiffer(heldBack)} for other causes, too: ${formatNames(missing)}`]),
  ];
}

function stillDiffer({ length }: readonly string[]): string {
  return `${formatCount(length, "manifest")} still ${length === 1 ? "differs" : "differ"}`;
}
