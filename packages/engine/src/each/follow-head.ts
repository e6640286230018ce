import { rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ok, type Result } from "@imagegate/core";
import { writeFileAtomic } from "@imagegate/host";
import type { FixupFailure } from "../failure.ts";
import { askGit, runGit } from "../git/git.ts";
import { editIndex, type TreeEdit } from "../git/objects.ts";
import { listTree, readObjects } from "../git/tree.ts";

/** A branch that moves from one commit to another, and the files that may differ between the two. */
export interface BranchMove {
  readonly before: string;
  readonly after: string;
  /** Relative to the repository's top folder. */
  readonly paths: readonly string[];
}

/**
 * Moves the branch that is checked out. An entry of the index that was as the branch had it follows, and so does such
 * a file; whatever the user has changed stays as it is.
 */
export async function followHead(
  top: string,
  { before, after, paths }: BranchMove,
): Promise<Result<void, FixupFailure>> {
  const old = await objectsAt(top, before, paths);
  if (!old.ok) return old;
  const now = await objectsAt(top, after, paths);
  if (!now.ok) return now;
  const edits = paths
    .filter((path) => old.value.get(path) !== now.value.get(path))
    .map((path) => ({ path, object: now.value.get(path) ?? null }));
  const staged = await stagedObjects(top, edits);
  if (!staged.ok) return staged;
  const standing = await standingObjects(top, edits);
  if (!standing.ok) return standing;
  const kept = await askGit(top, ["update-ref", "ORIG_HEAD", before]);
  if (!kept.ok) return kept;
  const moved = await askGit(top, ["update-ref", "-m", "imagegate fixup", "HEAD", after, before]);
  if (!moved.ok) return moved;
  const isAsBefore = (objects: ReadonlyMap<string, string>, path: string): boolean =>
    objects.get(path) === old.value.get(path);
  const indexed = await editIndex(
    top,
    edits.filter(({ path }) => isAsBefore(staged.value, path)),
  );
  if (!indexed.ok) return indexed;
  return writeFiles(
    top,
    edits.filter(({ path }) => isAsBefore(standing.value, path)),
  );
}

async function objectsAt(
  top: string,
  commit: string,
  paths: readonly string[],
): Promise<Result<ReadonlyMap<string, string>, FixupFailure>> {
  const folders = [...new Set(paths.map((path) => path.slice(0, path.lastIndexOf("/"))))];
  const files = await listTree(top, commit, { below: folders });
  return files.ok ? ok(new Map(files.value.map(({ path, object }) => [path, object]))) : files;
}

/** What the index holds; a path in conflict has an object that no commit has. */
async function stagedObjects(
  top: string,
  edits: readonly TreeEdit[],
): Promise<Result<ReadonlyMap<string, string>, FixupFailure>> {
  const listed = await runGit(top, ["ls-files", "--stage", "-z"]);
  if (!listed.ok) return listed;
  const wanted = new Set(edits.map(({ path }) => path));
  const objects = new Map<string, string>();
  for (const line of listed.value.toString("utf8").split("\0")) {
    const [, object = "", stage, path = ""] = /^\d+ ([0-9a-f]+) (\d)\t([^]+)$/.exec(line) ?? [];
    if (wanted.has(path)) objects.set(path, stage === "0" ? object : `stage ${stage}`);
  }
  return ok(objects);
}

/** The objects that the files would be; none for a file that is not there. */
async function standingObjects(
  top: string,
  edits: readonly TreeEdit[],
): Promise<Result<ReadonlyMap<string, string>, FixupFailure>> {
  const paths = edits.map(({ path }) => path).filter((path) => existsSync(join(top, path)));
  if (paths.length === 0) return ok(new Map());
  const args = ["hash-object", "--no-filters", "--stdin-paths"];
  const objects = await askGit(top, args, { stdin: `${paths.join("\n")}\n` });
  if (!objects.ok) return objects;
  const names = objects.value.split("\n");
  return ok(new Map(paths.map((path, index) => [path, names[index] ?? ""])));
}

async function writeFiles(top: string, edits: readonly TreeEdit[]): Promise<Result<void, FixupFailure>> {
  const written = edits.flatMap(({ path, object }) => (object === null ? [] : [{ path, object }]));
  const texts = await readObjects(
    top,
    written.map(({ object }) => object),
  );
  if (!texts.ok) return texts;
  for (const [index, { path }] of written.entries()) {
    const result = await writeFileAtomic(join(top, path), texts.value[index] ?? "");
    if (!result.ok) return result;
  }
  for (const { path, object } of edits) if (object === null) await rm(join(top, path), { force: true });
  return ok(undefined);
}
