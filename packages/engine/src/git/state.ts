import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { ok, type Result } from "@imagegate/core";
import type { GitFailure } from "../failure.ts";
import { askGit, runGit } from "./git.ts";

/** What git is in the middle of. */
export type GitOperation = "rebase" | "merge" | "cherry-pick" | "revert" | "am" | "bisect";

/** The file or folder by which git itself knows an operation. */
const OPERATIONS: readonly (readonly [GitOperation, string])[] = [
  ["rebase", "rebase-merge"],
  ["am", "rebase-apply/applying"],
  ["rebase", "rebase-apply"],
  ["merge", "MERGE_HEAD"],
  ["cherry-pick", "CHERRY_PICK_HEAD"],
  ["revert", "REVERT_HEAD"],
  ["bisect", "BISECT_LOG"],
];

/** The operation that a checkout is in the middle of; null for none. */
export async function findOperation(root: string): Promise<Result<GitOperation | null, GitFailure>> {
  const args = OPERATIONS.flatMap(([, path]) => ["--git-path", path]);
  const paths = await askGit(root, ["rev-parse", ...args]);
  if (!paths.ok) return paths;
  const found = paths.value.split("\n").findIndex((path) => existsSync(resolve(root, path)));
  return ok(OPERATIONS[found]?.[0] ?? null);
}

/** Whether anything in the checkout differs from what is committed, untracked files included or not. */
export async function isDirty(
  root: string,
  counting: "tracked" | "all",
  signal?: AbortSignal,
): Promise<Result<boolean, GitFailure>> {
  const untracked = counting === "all" ? "normal" : "no";
  const args = [
    "status",
    "--porcelain=v1",
    "-z",
    `--untracked-files=${untracked}`,
    "--ignore-submodules=none",
  ];
  const status = await runGit(root, args, { signal });
  return status.ok ? ok(status.value.length > 0) : status;
}
