import { randomBytes } from "node:crypto";
import { readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { ok, type Result } from "@imagegate/core";
import { acquireLock, type LockFailure, type WriteFailure } from "@imagegate/host";
import pLimit from "p-limit";
import type { GitFailure } from "../failure.ts";
import { runGit } from "./git.ts";
import type { Repository } from "./repository.ts";

/** Nobody's hooks: a checkout for our own eyes is none of their events. */
const WITHOUT_HOOKS = ["-c", "core.hooksPath=/dev/null", "-c", "advice.detachedHead=false"] as const;

const WORKTREE_NAME = /^imagegate-[0-9a-f]{24}$/;

/** Git's own files about worktrees are written by one process of ours at a time. */
const oneAtATime = pLimit(1);

/** Why there is no temporary checkout. */
export type WorktreeFailure = GitFailure | LockFailure | WriteFailure;

/**
 * Works in a temporary checkout of a commit, outside the repository, where no package of the user's is found by
 * looking upwards; it is gone afterwards on every path. A lock beside git's files says that it is in use: what a kill
 * left behind is known by a lock that nobody holds.
 */
export async function withWorktree<T, F>(
  repository: Repository,
  commit: string,
  work: (folder: string) => Promise<Result<T, F>>,
  signal?: AbortSignal,
): Promise<Result<T, F | WorktreeFailure>> {
  const name = `imagegate-${randomBytes(12).toString("hex")}`;
  const lock = await acquireLock(lockPath(repository, name));
  if (!lock.ok) return lock;
  const folder = join(await realpath(tmpdir()), name);
  try {
    const args = [...WITHOUT_HOOKS, "worktree", "add", "--quiet", "--detach", folder, commit];
    const added = await oneAtATime(() => runGit(repository.top, args, { signal, isElsewhere: true }));
    if (!added.ok) return added;
    return await work(folder);
  } finally {
    await removeWorktree(repository, folder);
    await lock.value.release();
  }
}

/** Removes the checkouts that killed runs left behind; those of runs that still live, or may, stay. */
export async function pruneWorktrees(repository: Repository): Promise<Result<void, WorktreeFailure>> {
  const listed = await runGit(repository.top, ["worktree", "list", "--porcelain", "-z"], {
    isElsewhere: true,
  });
  if (!listed.ok) return listed;
  const paths = listed.value
    .toString("utf8")
    .split("\0")
    .flatMap((line) => (line.startsWith("worktree ") ? [line.slice("worktree ".length)] : []))
    .filter((path) => WORKTREE_NAME.test(basename(path)));
  const folders = new Map(paths.map((path) => [basename(path), path]));
  for (const name of new Set([...folders.keys(), ...(await lockedNames(repository))])) {
    const lock = await acquireLock(lockPath(repository, name));
    // Held, or not to be judged from here: somebody's.
    if (!lock.ok) continue;
    const folder = folders.get(name);
    if (folder !== undefined) await removeWorktree(repository, folder);
    await lock.value.release();
  }
  return ok(undefined);
}

/** Also when the run was cancelled; what cannot be removed now is pruned next time. */
async function removeWorktree({ top }: Repository, folder: string): Promise<void> {
  const args = [...WITHOUT_HOOKS, "worktree", "remove", "--force", "--force", folder];
  await oneAtATime(() => runGit(top, args, { isElsewhere: true }));
  await rm(folder, { recursive: true, force: true }).catch(() => undefined);
}

function lockPath({ commonFolder }: Repository, name: string): string {
  return join(commonFolder, "imagegate", `${name}.lock`);
}

async function lockedNames({ commonFolder }: Repository): Promise<readonly string[]> {
  const entries = await readdir(join(commonFolder, "imagegate")).catch(() => []);
  return entries.flatMap((entry) => {
    const name = basename(entry, ".lock");
    return entry.endsWith(".lock") && WORKTREE_NAME.test(name) ? [name] : [];
  });
}
