import { fail, ok, type Result } from "@imagegate/core";
import type { FixupFailure } from "../failure.ts";
import { findOperation, isDirty } from "../git/state.ts";
import { askGit } from "../git/git.ts";
import { cancellable } from "../run/run.ts";
import type { Session } from "../run/session.ts";
import { checkEach, type CheckedRange, type EachOptions, type EachQuestion } from "./check-each.ts";
import { followHead } from "./follow-head.ts";
import { rewriteRange, type FixupMode, type RepairedCommit } from "./rewritten-range.ts";

/** What became of a branch. */
export interface Fixups {
  /** The commit that the range begins behind. */
  readonly base: string;
  /** Where the branch stood, and stands now: the same when nothing was to repair. */
  readonly before: string;
  readonly after: string;
  /** In the order of the history. */
  readonly repaired: readonly RepairedCommit[];
}

/**
 * Repairs the records of every commit of a range whose records are not those of its own definitions. Each wrong commit
 * is followed by a `fixup!` commit that holds nothing but records, or, with `autosquash`, holds the right ones itself;
 * later commits keep all they changed. Trees are computed, not merged: nothing can conflict. The branch moves at the
 * end, at once; the user's index and files follow it only where they were as the branch had them.
 */
export async function fixup(
  question: EachQuestion,
  mode: FixupMode,
  { session, ...options }: EachOptions & { readonly session: Session },
): Promise<Result<Fixups, FixupFailure>> {
  return cancellable<Fixups, FixupFailure>(options.signal, async () => {
    const { root } = question;
    const operation = await findOperation(root);
    if (!operation.ok) return operation;
    if (operation.value !== null)
      return fail({ reason: "operation-in-progress", operation: operation.value });
    const isChanged = mode === "autosquash" ? await isDirty(root, "tracked", options.signal) : ok(false);
    if (!isChanged.ok) return isChanged;
    if (isChanged.value) return fail({ reason: "worktree-dirty" });
    const checked = await checkEach(question, session, options);
    if (!checked.ok) return checked;
    const range = checked.value;
    const refused = await refuse(root, range);
    if (refused !== null) return fail(refused);
    const before = range.head.commit;
    const rewritten = await rewriteRange(range, mode);
    if (!rewritten.ok) return rewritten;
    const { after, repaired, paths } = rewritten.value;
    const fixups = { base: range.base.commit, before, after, repaired };
    if (after === before) return ok(fixups);
    options.signal.throwIfAborted();
    const moved = await followHead(range.repository.top, { before, after, paths });
    return moved.ok ? ok(fixups) : moved;
  });
}

/** Why a range is not to be rewritten, if so. */
async function refuse(root: string, { head, commits }: CheckedRange): Promise<FixupFailure | null> {
  const checkedOut = await askGit(root, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
  if (!checkedOut.ok) return checkedOut.failure;
  if (checkedOut.value !== head.commit) return { reason: "head-not-checked-out", head: head.name };
  const undecided = commits.find(({ records }) => records === "undecided");
  const problem = undecided?.problems[0];
  if (undecided !== undefined && problem !== undefined) {
    return { reason: "commit-undecided", commit: undecided.commit, ...problem };
  }
  for (const { commit, wrong } of commits) {
    const strangers = wrong.filter(({ kind }) => kind === "stranger").map(({ path }) => path);
    if (strangers.length > 0) return { reason: "commit-strangers", commit, paths: strangers };
  }
  return null;
}
