import { ok, type Result } from "@imagegate/core";
import type { GitFailure } from "../failure.ts";
import { runGit } from "./git.ts";

/** A commit of a range. */
export interface ListedCommit {
  readonly commit: string;
  /** The object name of all its files together. */
  readonly tree: string;
  readonly parents: readonly string[];
  readonly subject: string;
}

/** The commits that `head` has and `base` has not, parents before children. */
export async function listCommits(
  root: string,
  { base, head }: { readonly base: string; readonly head: string },
  signal?: AbortSignal,
): Promise<Result<readonly ListedCommit[], GitFailure>> {
  const format = "--format=%H%x00%T%x00%P%x00%s%x00";
  const args = ["log", "--no-show-signature", "--encoding=UTF-8", "--reverse", "--topo-order", format, "-z"];
  const logged = await runGit(root, [...args, `${base}..${head}`, "--"], { signal });
  if (!logged.ok) return logged;
  const fields = logged.value.toString("utf8").split("\0");
  const commits: ListedCommit[] = [];
  for (let at = 0; at + 3 < fields.length; at += 5) {
    const [commit = "", tree = "", parents = "", subject = ""] = fields.slice(at, at + 4);
    commits.push({ commit, tree, parents: parents.split(" ").filter((parent) => parent !== ""), subject });
  }
  return ok(commits);
}
