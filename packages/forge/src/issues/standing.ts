import { ok, type Result } from "@imagegate/core";
import { carriesMarker, retireMarker } from "../comments/marker.ts";
import { setBack, type Setback } from "../comments/setback.ts";
import type { Issue, IssueChange, IssueTracker } from "./issue.ts";

/** Whose issues are looked at, and the key that tells them from others. */
export interface Ownership {
  readonly author: string;
  readonly key: string;
}

/** The issues of ours with this key that still stand for something, oldest first, closed by hand or not. */
export async function listStanding(
  tracker: IssueTracker,
  { author, key }: Ownership,
): Promise<Result<readonly Issue[], Setback>> {
  const all = await tracker.list(author);
  if (!all.ok) return setBack(all.failure);
  const own = all.value.filter((issue) => issue.author === author && carriesMarker(issue, key));
  return ok(own.toSorted((a, b) => a.number - b.number));
}

/** Closes an issue for good: its marker says so, and nobody finds it again. */
export function retireIssue(
  tracker: IssueTracker,
  { number, body, isOpen }: Issue,
  { key, as }: { readonly key: string; readonly as: "done" | "dropped" },
): Promise<Result<Issue, Setback>> {
  const retired = { body: retireMarker(body, key) };
  return changeIssue(tracker, number, isOpen ? { ...retired, state: as } : retired);
}

/** Changes an issue; one that is gone is worth another look. */
export async function changeIssue(
  tracker: IssueTracker,
  number: number,
  change: IssueChange,
): Promise<Result<Issue, Setback>> {
  const changed = await tracker.change(number, change);
  return changed.ok ? changed : setBack(changed.failure, { "api-not-found": "vanished" });
}
