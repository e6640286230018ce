import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ok, type Result } from "@imagegate/core";
import type { GitFailure } from "../failure.ts";
import { askGit, runGit } from "./git.ts";

/** A file of a tree with another content; null removes it. */
export interface TreeEdit {
  /** Relative to the repository's top folder. */
  readonly path: string;
  readonly object: string | null;
}

/** Keeps texts as objects, byte for byte; their names, in their order. */
export async function writeBlobs(
  top: string,
  texts: readonly string[],
): Promise<Result<readonly string[], GitFailure>> {
  if (texts.length === 0) return ok([]);
  return inTemporaryFolder(async (folder) => {
    const paths = texts.map((_, index) => join(folder, `${index}`));
    for (const [index, text] of texts.entries()) await writeFile(paths[index] ?? "", text);
    const args = ["hash-object", "-w", "--no-filters", "--stdin-paths"];
    const objects = await askGit(top, args, { stdin: `${paths.join("\n")}\n` });
    return objects.ok ? ok(objects.value.split("\n")) : objects;
  });
}

/** A tree that is another but for some files; it is made in an index of its own. */
export async function writeTree(
  top: string,
  tree: string,
  edits: readonly TreeEdit[],
): Promise<Result<string, GitFailure>> {
  return inTemporaryFolder(async (folder) => {
    const env = { GIT_INDEX_FILE: join(folder, "index") };
    const read = await runGit(top, ["read-tree", tree], { env });
    if (!read.ok) return read;
    const edited = await editIndex(top, edits, env);
    if (!edited.ok) return edited;
    return askGit(top, ["write-tree"], { env });
  });
}

/** Changes entries of an index, the user's by default. */
export async function editIndex(
  top: string,
  edits: readonly TreeEdit[],
  env: Readonly<Record<string, string>> = {},
): Promise<Result<void, GitFailure>> {
  const lines = edits.map(({ path, object }) =>
    object === null ? `0 ${"0".repeat(40)}\t${path}\0` : `100644 ${object}\t${path}\0`,
  );
  const edited = await runGit(top, ["update-index", "-z", "--index-info"], { env, stdin: lines.join("") });
  return edited.ok ? ok(undefined) : edited;
}

/** Headers that vouch for the commit as it was. */
const VOUCHING = /^(?:gpgsig|gpgsig-sha256|mergetag) /;

/** A commit with another tree and other parents; author, committer, dates and message stay as they are. */
export async function rewriteCommit(
  top: string,
  commit: string,
  { tree, parents }: { readonly tree: string; readonly parents: readonly string[] },
): Promise<Result<string, GitFailure>> {
  const read = await runGit(top, ["cat-file", "commit", commit]);
  if (!read.ok) return read;
  // A message may be of any encoding: bytes pass through as they are.
  const text = read.value.toString("latin1");
  const end = text.indexOf("\n\n");
  const headers = text.slice(0, end).split(/\n(?! )/);
  const kept = headers.filter((line) => !/^(?:tree|parent) /.test(line) && !VOUCHING.test(line));
  const lines = [`tree ${tree}`, ...parents.map((parent) => `parent ${parent}`), ...kept];
  const stdin = Buffer.from(`${lines.join("\n")}${text.slice(end)}`, "latin1");
  return askGit(top, ["hash-object", "-t", "commit", "-w", "--stdin"], { stdin });
}

/** A commit that `git rebase --autosquash` melts into its target, a subject or the name of a commit. */
export async function createFixup(
  top: string,
  { tree, parent, target }: { readonly tree: string; readonly parent: string; readonly target: string },
): Promise<Result<string, GitFailure>> {
  return askGit(top, ["commit-tree", tree, "-p", parent, "-F", "-"], { stdin: `fixup! ${target}\n` });
}

async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "imagegate-git-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
