import { sha256 } from "../digest/sha256.ts";
import type { Line } from "./lines.ts";
import type { ChangeItem } from "./manifest-change.ts";

/** The id of what is told apart by some texts: 16 hexadecimal digits. */
export function changeId(told: readonly string[]): string {
  return sha256(JSON.stringify(told)).slice(0, 16);
}

/**
 * The ids of a line's changes, sorted: one for each way in which it changed a manifest. None of them depends on which
 * other manifests and lines there are.
 */
export function changesOf({ occurrences }: Line): readonly string[] {
  const changes = new Map(occurrences.map(({ item }) => [JSON.stringify(toldOf(item)), item]));
  return Array.from(changes.values(), (item) => changeId(toldOf(item))).toSorted();
}

/** Who accepts a change accepts what was seen under its id, and nothing else: all that makes it another one. */
function toldOf({ kind, subject, variant, content }: ChangeItem): readonly string[] {
  // The subject has what can be said of linked values; they themselves are each manifest's own.
  return [kind, subject, kind === "linked-value" ? "" : variant, content];
}

/** The id of several changes that are one cause. */
export function causeId(changes: readonly string[]): string {
  const [only] = changes;
  return only !== undefined && changes.length === 1 ? only : changeId(changes);
}
