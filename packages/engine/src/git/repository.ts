import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import type { RangeFailure } from "../failure.ts";
import { askGit } from "./git.ts";

/** Where a workspace stands in its repository. */
export interface Repository {
  /** The checkout's top folder, absolute. */
  readonly top: string;
  /** The workspace below it, POSIX: empty, or ending in a slash. */
  readonly prefix: string;
  /** The folder that all worktrees of the repository share, absolute. */
  readonly commonFolder: string;
}

/** The repository that a folder is checked out from. */
export async function requireRepository(folder: string): Promise<Result<Repository, RangeFailure>> {
  const args = [
    "rev-parse",
    "--path-format=absolute",
    "--show-toplevel",
    "--git-common-dir",
    "--show-prefix",
  ];
  const answer = await askGit(folder, args);
  if (!answer.ok) {
    return hasGitAbove(folder) ? answer : fail({ reason: "not-a-repository", folder });
  }
  const [top = "", commonFolder = "", prefix = ""] = answer.value.split("\n");
  return ok({ top, commonFolder, prefix });
}

/** Git says by words only that there is none; a repository that it refuses for another reason is its own to tell. */
function hasGitAbove(folder: string): boolean {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return true;
    if (at === dirname(at)) return false;
  }
}
