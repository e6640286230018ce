import { ok, type Result } from "@imagegate/core";
import { composeComment, isSameBody } from "../comments/marker.ts";
import { setBack, settleInRounds, type Setback } from "../comments/setback.ts";
import type { ApiFailure, CommentFailure } from "../failure.ts";
import type { Issue, IssueChange, IssueTracker } from "./issue.ts";
import { changeIssue, listStanding, retireIssue, type Ownership } from "./standing.ts";

/** An issue that is found again: its key tells it from others of the same account. */
export interface StandingIssue {
  /** As that of a sticky comment. */
  readonly key: string;
  /** Of a new one; people may give it another. */
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

/** What became of an issue that was to be open. */
export interface RaiseReport {
  readonly state: "opened" | "reopened" | "updated" | "unchanged";
  readonly number: number;
  readonly url: string;
  /** How many further ones of ours were closed. */
  readonly dropped: number;
}

interface Wanted extends Ownership {
  readonly title: string;
  readonly text: string;
  /** Whether an earlier round may have opened the issue. */
  readonly mayBeAdded: boolean;
}

/**
 * Makes the one issue with this key open and say this: opened, reopened when somebody closed it, corrected or left as
 * it is. Only issues of the token's own account count; of several the oldest is kept. Writes nothing when nothing
 * changes.
 */
export async function raiseIssue(
  tracker: IssueTracker,
  { key, title, body }: StandingIssue,
): Promise<Result<RaiseReport, ApiFailure | CommentFailure>> {
  const composed = composeComment({ key, body }, tracker);
  if (!composed.ok) return composed;
  const author = await tracker.author();
  if (!author.ok) return author;
  const wanted = { author: author.value, key, title, text: composed.value };
  return settleInRounds(tracker, (mayBeAdded) => settle(tracker, { ...wanted, mayBeAdded }));
}

/** One look at the issues and what follows from it. */
async function settle(tracker: IssueTracker, wanted: Wanted): Promise<Result<RaiseReport, Setback>> {
  const standing = await listStanding(tracker, wanted);
  if (!standing.ok) return standing;
  if (standing.value.length > 0) return collapse(tracker, wanted, standing.value);
  const opened = await tracker.open(wanted.title, wanted.text);
  if (!opened.ok) return setBack(opened.failure, { "api-unavailable": "uncertain" });
  // Another run may have done the same at the same time: both then see both, and keep the same one.
  const all = await listStanding(tracker, wanted);
  if (!all.ok) return all;
  const isListed = all.value.some(({ number }) => number === opened.value.number);
  return collapse(
    tracker,
    { ...wanted, mayBeAdded: true },
    isListed ? all.value : [...all.value, opened.value],
  );
}

/** Corrects the oldest issue and closes the others. */
async function collapse(
  tracker: IssueTracker,
  { key, text, mayBeAdded }: Wanted,
  [oldest, ...others]: readonly Issue[],
): Promise<Result<RaiseReport, Setback>> {
  if (oldest === undefined) throw new TypeError("there is no issue to keep");
  const change: IssueChange = {
    ...(isSameBody(oldest.body, text) ? {} : { body: text }),
    ...(oldest.isOpen ? {} : { state: "open" as const }),
  };
  const isSame = Object.keys(change).length === 0;
  const kept = isSame ? ok(oldest) : await changeIssue(tracker, oldest.number, change);
  if (!kept.ok) return kept;
  for (const other of others) {
    const dropped = await retireIssue(tracker, other, { key, as: "dropped" });
    if (!dropped.ok && dropped.failure.kind !== "vanished") return dropped;
  }
  const changed = isSame ? "unchanged" : "updated";
  const state = mayBeAdded ? "opened" : oldest.isOpen ? changed : "reopened";
  return ok({ state, number: oldest.number, url: kept.value.url, dropped: others.length });
}
