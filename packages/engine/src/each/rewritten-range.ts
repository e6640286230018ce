import { ok, type Result } from "@imagegate/core";
import type { FixupFailure } from "../failure.ts";
import { createFixup, rewriteCommit, writeBlobs, writeTree, type TreeEdit } from "../git/objects.ts";
import { listTree } from "../git/tree.ts";
import type { CheckedCommit, CheckedRange } from "./check-each.ts";

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

/** The object of each record, by its path from the repository's top folder; one that is not there has none. */
type RecordState = ReadonlyMap<string, string>;

/** A history in which every record is right. */
export interface Rewriting {
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

/** Makes the history anew, commit by commit; the branch does not move. */
export async function rewriteRange(
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
