import { fail, ok, type Result } from "@imagegate/core";
import { runProcess, type Argv } from "@imagegate/host";
import type { GitFailure, LookupFailure } from "../failure.ts";
import { environmentElsewhere } from "./environment.ts";

const TIMEOUT_MS = 120_000;
/** Nothing of the user's configuration may change what git prints. */
const ENVIRONMENT = { GIT_OPTIONAL_LOCKS: "0", GIT_PAGER: "", LC_ALL: "C" };

/** How git is run. */
export interface GitOptions {
  readonly signal?: AbortSignal | undefined;
  /** All of its standard input. */
  readonly stdin?: string | Uint8Array;
  /** Laid over the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the folder is another checkout than the one that a hook around this process may speak of. */
  readonly isElsewhere?: boolean;
  /** What git may print. */
  readonly maxStdoutBytes?: number;
}

/** Runs git in a folder and gives its stdout; anything but exit 0 is a failure. */
export async function runGit(
  folder: string,
  args: readonly string[],
  { signal, stdin, env, isElsewhere, maxStdoutBytes }: GitOptions = {},
): Promise<Result<Buffer, GitFailure>> {
  const argv: Argv = ["git", "-c", "core.quotePath=false", "-c", "color.ui=false", ...args];
  const outcome = await runProcess(argv, {
    cwd: folder,
    ...(isElsewhere === true
      ? { env: { ...environmentElsewhere(), ...ENVIRONMENT, ...env }, envMode: "replace" }
      : { env: { ...ENVIRONMENT, ...env } }),
    timeoutMs: TIMEOUT_MS,
    ...(signal === undefined ? {} : { signal }),
    ...(stdin === undefined ? {} : { stdin }),
    ...(maxStdoutBytes === undefined ? {} : { maxStdoutBytes }),
  });
  if (outcome.kind === "exited" && outcome.exitCode === 0) return ok(Buffer.from(outcome.stdout));
  return fail({ reason: "git-failed", argv, outcome });
}

/** `runGit`, for an answer of one line. */
export async function askGit(
  folder: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<Result<string, GitFailure>> {
  const answer = await runGit(folder, args, options);
  return answer.ok ? ok(answer.value.toString("utf8").replace(/\n$/, "")) : answer;
}

/** Whether git ended by itself with this code: an answer of commands that say no by it. */
export function hasExited({ outcome }: GitFailure, exitCode: number): boolean {
  return outcome.kind === "exited" && outcome.exitCode === exitCode;
}

/** The full name of the commit that a revision means; a text that git could take for an option is unknown. */
export async function resolveRevision(
  folder: string,
  revision: string,
): Promise<Result<string, LookupFailure>> {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`];
  const commit = await askGit(folder, args);
  if (commit.ok || !hasExited(commit.failure, 1)) return commit;
  return fail({ reason: "revision-unknown", revision });
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
