import { fail, ok, type Result } from "@imagegate/core";
import type { FixupFailure } from "../failure.ts";
import { createFixup, rewriteCommit, writeBlobs, writeTree, type TreeEdit } from "../git/objects.ts";
import { findOperation, isDirty } from "../git/state.ts";
import { askGit } from "../git/git.ts";
import { listTree } from "../git/tree.ts";
import { cancellable } from "../run/run.ts";
import type { Session } from "../run/session.ts";
import {
  checkEach,
  type CheckedCommit,
  type CheckedRange,
  type EachOptions,
  type EachQuestion,
} from "./check-each.ts";
import { followHead } from "./follow-head.ts";

/** How wrong records are repaired: by commits of their own beside the wrong ones, or inside those. */
export type FixupMode = "fixup-commits" | "autosquash";

/** A commit whose records were repaired. */
export interface RepairedCommit {
  /** As it was called before. */
  readonly commit: string;
  readonly subject: string;
  /** How many records were written or removed. */
  readonly records: number;
}

/** What became of a branch. */
export interface Fixups {
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
    if (after === before) return ok({ before, after, repaired });
    options.signal.throwIfAborted();
    const moved = await followHead(range.repository.top, { before, after, paths });
    return moved.ok ? ok({ before, after, repaired }) : moved;
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

/** The object of each record, by its path from the repository's top folder; one that is not there has none. */
type RecordState = ReadonlyMap<string, string>;

interface Rewriting {
  readonly after: string;
  readonly repaired: readonly RepairedCommit[];
  /** All records that are wrong in some commit. */
  readonly paths: readonly string[];
}

/** A commit as it is in the new history, with its records before and after. */
interface NewCommit {
  readonly commit: string;
  readonly old: RecordState;
  readonly now: RecordState;
  /** Whether it belongs to the range: of others nothing changes. */
  readonly isInRange: boolean;
}

async function rewriteRange(
  { repository, head, commits }: CheckedRange,
  mode: FixupMode,
): Promise<Result<Rewriting, FixupFailure>> {
  const { top, prefix } = repository;
  const wrong = commits.flatMap((commit) => wrongTexts(commit, prefix));
  const paths = [...new Set(wrong.map(({ path }) => path))].sort();
  const texts = [...new Set(wrong.flatMap(({ text }) => (text === null ? [] : [text])))];
  const blobs = await writeBlobs(top, texts);
  if (!blobs.ok) return blobs;
  const objectOf = new Map(texts.map((text, index) => [text, blobs.value[index] ?? ""]));
  const made = new Map<string, NewCommit>();
  const repaired: RepairedCommit[] = [];
  const subjects = commits.map(({ subject }) => subject);
  for (const commit of commits) {
    const right = new Map(
      wrongTexts(commit, prefix).map(({ path, text }) => [
        path,
        text === null ? null : (objectOf.get(text) ?? null),
      ]),
    );
    const isUnique = subjects.indexOf(commit.subject) === subjects.lastIndexOf(commit.subject);
    const rewritten = await rewrite(top, { commit, right, paths, mode, isUnique }, made);
    if (!rewritten.ok) return rewritten;
    made.set(commit.commit, rewritten.value.made);
    const { records } = rewritten.value;
    if (records > 0) repaired.push({ commit: commit.commit, subject: commit.subject, records });
  }
  return ok({ after: made.get(head.commit)?.commit ?? head.commit, repaired, paths });
}

function wrongTexts(
  { wrong }: CheckedCommit,
  prefix: string,
): readonly { readonly path: string; readonly text: string | null }[] {
  return wrong.flatMap((record) =>
    record.kind === "record" ? [{ path: `${prefix}${record.path}`, text: record.text }] : [],
  );
}

interface Step {
  readonly commit: CheckedCommit;
  /** The objects of the records that are wrong in the commit; null for one that should not be there. */
  readonly right: ReadonlyMap<string, string | null>;
  readonly paths: readonly string[];
  readonly mode: FixupMode;
  /** Whether no other commit of the range has its subject. */
  readonly isUnique: boolean;
}

/** Puts a commit on its new parents, and repairs what is then still wrong in it. */
async function rewrite(
  top: string,
  { commit, right, paths, mode, isUnique }: Step,
  history: ReadonlyMap<string, NewCommit>,
): Promise<Result<{ readonly made: NewCommit; readonly records: number }, FixupFailure>> {
  const old = await readState(top, commit.commit, paths);
  if (!old.ok) return old;
  const parents = commit.parents.map((parent) => history.get(parent) ?? unchanged(parent));
  const inherited = inherit(old.value, parents, paths);
  const wanted = new Map(old.value);
  for (const [path, object] of right) {
    if (object === null) wanted.delete(path);
    else wanted.set(path, object);
  }
  const repairs = paths.filter((path) => inherited.get(path) !== wanted.get(path));
  const isApart = mode === "fixup-commits" && repairs.length > 0;
  const own = await place(top, commit, { old: old.value, now: isApart ? inherited : wanted, parents, paths });
  if (!own.ok) return own;
  if (!isApart) {
    const made = { commit: own.value, old: old.value, now: wanted, isInRange: true };
    return ok({ made, records: repairs.length });
  }
  const tree = await writeTree(top, commit.tree, editsBetween(old.value, wanted, paths));
  if (!tree.ok) return tree;
  const target = isUnique && commit.subject !== "" ? commit.subject : own.value;
  const repair = await createFixup(top, { tree: tree.value, parent: own.value, target });
  if (!repair.ok) return repair;
  const made = { commit: repair.value, old: old.value, now: wanted, isInRange: true };
  return ok({ made, records: repairs.length });
}

function unchanged(commit: string): NewCommit {
  return { commit, old: new Map(), now: new Map(), isInRange: false };
}

/** What a commit did not change itself comes repaired from its parent; what it did, stays as it made it. */
function inherit(old: RecordState, parents: readonly NewCommit[], paths: readonly string[]): RecordState {
  const state = new Map(old);
  for (const path of paths) {
    const source = parents.find((parent) => parent.isInRange && parent.old.get(path) === old.get(path));
    if (source === undefined) continue;
    const object = source.now.get(path);
    if (object === undefined) state.delete(path);
    else state.set(path, object);
  }
  return state;
}

/** The commit with these records on these parents; itself, where nothing of it changes. */
async function place(
  top: string,
  commit: CheckedCommit,
  {
    old,
    now,
    parents,
    paths,
  }: {
    readonly old: RecordState;
    readonly now: RecordState;
    readonly parents: readonly NewCommit[];
    readonly paths: readonly string[];
  },
): Promise<Result<string, FixupFailure>> {
  const edits = editsBetween(old, now, paths);
  const isMoved = parents.some((parent, index) => parent.commit !== commit.parents[index]);
  if (edits.length === 0 && !isMoved) return ok(commit.commit);
  const tree = edits.length === 0 ? ok(commit.tree) : await writeTree(top, commit.tree, edits);
  if (!tree.ok) return tree;
  return rewriteCommit(top, commit.commit, {
    tree: tree.value,
    parents: parents.map((parent) => parent.commit),
  });
}

function editsBetween(old: RecordState, now: RecordState, paths: readonly string[]): readonly TreeEdit[] {
  return paths
    .filter((path) => old.get(path) !== now.get(path))
    .map((path) => ({ path, object: now.get(path) ?? null }));
}

/** The objects of some files in a commit. */
async function readState(
  top: string,
  commit: string,
  paths: readonly string[],
): Promise<Result<RecordState, FixupFailure>> {
  if (paths.length === 0) return ok(new Map());
  const wanted = new Set(paths);
  const folders = [...new Set(paths.map((path) => path.slice(0, path.lastIndexOf("/"))))];
  const files = await listTree(top, commit, { below: folders });
  if (!files.ok) return files;
  return ok(new Map(files.value.flatMap(({ path, object }) => (wanted.has(path) ? [[path, object]] : []))));
}
