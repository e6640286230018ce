import { ok, type Result } from "@imagegate/core";
import { composeComment, type StickyComment } from "../comments/marker.ts";
import { setBack, settleInRounds, type Setback } from "../comments/setback.ts";
import { upsertComment } from "../comments/upsert.ts";
import type { ApiFailure, CommentFailure } from "../failure.ts";
import type { Issue, IssueTracker } from "./issue.ts";
import { listStanding, retireIssue, type Ownership } from "./standing.ts";

/** What became of issues that were to be closed, oldest first. */
export interface SettleReport {
  readonly closed: readonly { readonly number: number; readonly url: string }[];
}

/**
 * Closes the issues with this key and says why in a comment; without any nothing is written. What was closed is over:
 * the next failure opens another issue. One that somebody has closed already gets no comment.
 */
export async function settleIssues(
  tracker: IssueTracker,
  comment: StickyComment,
): Promise<Result<SettleReport, ApiFailure | CommentFailure>> {
  const composed = composeComment(comment, tracker);
  if (!composed.ok) return composed;
  const author = await tracker.author();
  if (!author.ok) return author;
  const closed = new Map<number, Issue>();
  // Kept over all rounds: what one of them closed, the next does not find.
  const settled = await settleInRounds(tracker, () =>
    closeAll(tracker, { author: author.value, comment, closed }),
  );
  if (!settled.ok) return settled;
  return ok({ closed: Array.from(closed.values(), ({ number, url }) => ({ number, url })) });
}

interface Closing extends Pick<Ownership, "author"> {
  readonly comment: StickyComment;
  readonly closed: Map<number, Issue>;
}

async function closeAll(
  tracker: IssueTracker,
  { author, comment, closed }: Closing,
): Promise<Result<void, Setback>> {
  const { key } = comment;
  const standing = await listStanding(tracker, { author, key });
  if (!standing.ok) return standing;
  for (const issue of standing.value) {
    if (issue.isOpen) {
      const told = await upsertComment(tracker.comments(issue.number), comment);
      if (!told.ok) return setBackOf(told.failure);
    }
    const retired = await retireIssue(tracker, issue, { key, as: "done" });
    if (!retired.ok) return retired;
    if (issue.isOpen) closed.set(issue.number, issue);
  }
  return ok(undefined);
}

/** An issue that was deleted meanwhile is worth another look; the comment itself was composed before. */
function setBackOf(failure: ApiFailure | CommentFailure): Result<never, Setback> {
  if (isOfComment(failure)) throw new TypeError(failure.reason);
  return setBack(failure, { "api-not-found": "vanished" });
}

function isOfComment(failure: ApiFailure | CommentFailure): failure is CommentFailure {
  return failure.reason.startsWith("comment-");
}
