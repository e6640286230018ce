import { fail, ok, type Result } from "@imagegate/core";
import { runProcess, type Argv } from "@imagegate/host";
import type { GitFailure, LookupFailure } from "../failure.ts";

const TIMEOUT_MS = 120_000;
/** Nothing of the user's configuration may change what git prints. */
const ENVIRONMENT = { GIT_OPTIONAL_LOCKS: "0", GIT_PAGER: "", LC_ALL: "C" };

/** Runs git in a folder and gives its stdout; anything but exit 0 is a failure. */
export async function runGit(
  folder: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<Result<Buffer, GitFailure>> {
  const argv: Argv = ["git", "-c", "core.quotePath=false", "-c", "color.ui=false", ...args];
  const outcome = await runProcess(argv, {
    cwd: folder,
    env: ENVIRONMENT,
    timeoutMs: TIMEOUT_MS,
    ...(signal === undefined ? {} : { signal }),
  });
  if (outcome.kind === "exited" && outcome.exitCode === 0) return ok(Buffer.from(outcome.stdout));
  return fail({ reason: "git-failed", argv, outcome });
}

/** The full name of the commit that a revision means; a text that git could take for an option is unknown. */
export async function resolveRevision(
  folder: string,
  revision: string,
): Promise<Result<string, LookupFailure>> {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`];
  const commit = await runGit(folder, args);
  if (commit.ok) return ok(commit.value.toString("utf8").trim());
  const { outcome } = commit.failure;
  if (outcome.kind === "exited" && outcome.exitCode === 1)
    return fail({ reason: "revision-unknown", revision });
  return commit;
}

/** A file's bytes in a commit, or null when the commit does not have it; `path` is relative to `folder`. */
export async function readAtCommit(
  folder: string,
  commit: string,
  path: string,
): Promise<Result<Buffer | null, LookupFailure>> {
  const listed = await runGit(folder, ["ls-tree", "-z", commit, "--", path]);
  if (!listed.ok) return listed;
  const object = /^\d+ blob ([0-9a-f]+)\t/.exec(listed.value.toString("utf8"))?.[1];
  return object === undefined ? ok(null) : runGit(folder, ["cat-file", "blob", object]);
}
