import { ok, type Result } from "@imagegate/core";
import type { ApiFailure, CommentFailure } from "../failure.ts";
import type { Comment, CommentThread } from "./comment.ts";
import { carriesMarker, composeComment, isSameBody, type StickyComment } from "./marker.ts";
import { setBack, settleInRounds, type Setback } from "./setback.ts";

/** What became of a sticky comment. */
export interface UpsertReport {
  readonly state: "created" | "updated" | "unchanged";
  readonly url: string;
  /** How many further ones of ours were removed. */
  readonly removed: number;
}

interface Wanted {
  readonly author: string;
  readonly key: string;
  readonly text: string;
  /** Whether an earlier round may have written the comment. */
  readonly mayBeAdded: boolean;
}

/**
 * Makes the one comment with this key say this: written, corrected or left as it is. Only comments of the token's own
 * account count; several of ours become one, the oldest. Writes nothing when nothing changes.
 */
export async function upsertComment(
  thread: CommentThread,
  comment: StickyComment,
): Promise<Result<UpsertReport, ApiFailure | CommentFailure>> {
  const composed = composeComment(comment, thread);
  if (!composed.ok) return composed;
  const author = await thread.author();
  if (!author.ok) return author;
  const wanted = { author: author.value, key: comment.key, text: composed.value };
  return settleInRounds(thread, (mayBeAdded) => settle(thread, { ...wanted, mayBeAdded }));
}

/** One look at the thread and what follows from it. */
async function settle(thread: CommentThread, wanted: Wanted): Promise<Result<UpsertReport, Setback>> {
  const standing = await listOwn(thread, wanted);
  if (!standing.ok) return setBack(standing.failure);
  if (standing.value.length > 0) return collapse(thread, wanted, standing.value);
  const added = await thread.add(wanted.text);
  if (!added.ok) return setBack(added.failure, { "api-unavailable": "uncertain" });
  // Another run may have done the same at the same time: both then see both, and keep the same one.
  const all = await listOwn(thread, wanted);
  if (!all.ok) return setBack(all.failure);
  const isListed = all.value.some(({ id }) => id === added.value.id);
  const own = isListed ? all.value : [...all.value, added.value];
  return collapse(thread, { ...wanted, mayBeAdded: true }, own);
}

/** Corrects the oldest comment and removes the others. */
async function collapse(
  thread: CommentThread,
  { text, mayBeAdded }: Wanted,
  own: readonly Comment[],
): Promise<Result<UpsertReport, Setback>> {
  const [oldest, ...others] = own.toSorted((a, b) => a.id - b.id);
  if (oldest === undefined) throw new TypeError("there is no comment to keep");
  const isSame = isSameBody(oldest.body, text);
  const kept = isSame ? ok(oldest) : await thread.replace(oldest.id, text);
  if (!kept.ok) return setBack(kept.failure, { "api-not-found": "vanished" });
  for (const { id } of others) {
    const removed = await thread.remove(id);
    if (!removed.ok && removed.failure.reason !== "api-not-found") return setBack(removed.failure);
  }
  const changed = isSame ? "unchanged" : "updated";
  return ok({ state: mayBeAdded ? "created" : changed, url: kept.value.url, removed: others.length });
}

async function listOwn(
  thread: CommentThread,
  { author, key }: Wanted,
): Promise<Result<readonly Comment[], ApiFailure>> {
  const all = await thread.list();
  if (!all.ok) return all;
  return ok(all.value.filter((comment) => comment.author === author && carriesMarker(comment, key)));
}
