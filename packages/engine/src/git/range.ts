import { fail, ok, type Result } from "@imagegate/core";
import type { GitFailure, RangeFailure } from "../failure.ts";
import { askGit, hasExited } from "./git.ts";
import { requireRepository } from "./repository.ts";
import { isDirty } from "./state.ts";

/** A commit and how it was called. */
export interface NamedCommit {
  readonly name: string;
  /** The full object name. */
  readonly commit: string;
}

/** Two moments of a repository. */
export interface CommitRange {
  readonly base: NamedCommit;
  readonly head: NamedCommit;
  /** Whether what stands in the working tree counts as the head, untracked files included. */
  readonly isWorkingTree: boolean;
}

/** What `BASE[..HEAD]` says before git was asked; null is the default of that side. */
export interface RangeText {
  readonly base: string | null;
  readonly head: string | null;
  /** `BASE...HEAD`: from where the two parted. */
  readonly isFromFork: boolean;
}

/** Takes a range apart: `BASE`, `BASE..HEAD`, `BASE...HEAD`, each side maybe empty as git has it. */
export function parseRange(text: string | undefined): RangeText {
  if (text === undefined || text === "") return { base: null, head: null, isFromFork: true };
  const [, base = "", dots = "", head = ""] = /^(.*?)(\.{2,3})(.*)$/.exec(text) ?? [];
  if (dots === "") return { base: text, head: null, isFromFork: false };
  return { base: base === "" ? null : base, head: head === "" ? "HEAD" : head, isFromFork: dots === "..." };
}

/**
 * The two moments that a range means. Without a base it is where the head parted from its upstream branch; without a
 * head, or with the one that is checked out and has changes, it is the working tree. The two must have a common past.
 */
export async function resolveRange(
  root: string,
  text: string | undefined,
  signal?: AbortSignal,
): Promise<Result<CommitRange, RangeFailure>> {
  const repository = await requireRepository(root);
  if (!repository.ok) return repository;
  const range = parseRange(text);
  const head = await nameCommit(root, range.head ?? "HEAD");
  if (!head.ok) return head;
  const upstream = range.base === null ? await upstreamOf(root) : ok(range.base);
  if (!upstream.ok) return upstream;
  const named = await nameCommit(root, upstream.value);
  if (!named.ok) return named;
  const fork = await forkPoint(root, named.value, head.value);
  if (!fork.ok) return fork;
  const isFromFork = range.isFromFork || range.base === null;
  const base = isFromFork ? { name: named.value.name, commit: fork.value } : named.value;
  const isWorkingTree = range.head === null ? ok(true) : await isCheckedOutDirty(root, head.value, signal);
  return isWorkingTree.ok
    ? ok({ base, head: head.value, isWorkingTree: isWorkingTree.value })
    : isWorkingTree;
}

/** The commit that a text means; what git could take for an option means none. */
export async function nameCommit(root: string, name: string): Promise<Result<NamedCommit, RangeFailure>> {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
  const commit = await askGit(root, args);
  if (commit.ok) return ok({ name, commit: commit.value });
  if (!hasExited(commit.failure, 1) && !hasExited(commit.failure, 128)) return commit;
  const remotes = await askGit(root, ["remote"]);
  if (!remotes.ok) return remotes;
  const isShallow = await isShallowClone(root);
  if (!isShallow.ok) return isShallow;
  const names = remotes.value.split("\n").filter((remote) => remote !== "");
  return fail({ reason: "commit-missing", revision: name, remotes: names, isShallow: isShallow.value });
}

/** The upstream of the branch that is checked out, else the default branch of `origin`. */
async function upstreamOf(root: string): Promise<Result<string, RangeFailure>> {
  for (const candidate of ["@{upstream}", "refs/remotes/origin/HEAD"]) {
    const name = await askGit(root, ["rev-parse", "--quiet", "--verify", "--abbrev-ref", candidate]);
    if (name.ok && name.value !== "") return ok(name.value);
    if (!name.ok && !hasExited(name.failure, 1) && !hasExited(name.failure, 128)) return name;
  }
  const branch = await askGit(root, ["symbolic-ref", "--quiet", "--short", "HEAD"]);
  if (!branch.ok && !hasExited(branch.failure, 1)) return branch;
  const remotes = await askGit(root, ["remote"]);
  if (!remotes.ok) return remotes;
  return fail({
    reason: "upstream-missing",
    branch: branch.ok ? branch.value : null,
    hasRemote: remotes.value !== "",
  });
}

/** Where two commits parted; that they have no common past is known only in a clone that holds all of it. */
async function forkPoint(
  root: string,
  base: NamedCommit,
  head: NamedCommit,
): Promise<Result<string, RangeFailure>> {
  const fork = await askGit(root, ["merge-base", base.commit, head.commit]);
  if (fork.ok || !hasExited(fork.failure, 1)) return fork;
  const isShallow = await isShallowClone(root);
  if (!isShallow.ok) return isShallow;
  const reason = isShallow.value ? "clone-shallow" : "commits-unrelated";
  return fail({ reason, base: base.name, head: head.name });
}

async function isShallowClone(root: string): Promise<Result<boolean, GitFailure>> {
  const shallow = await askGit(root, ["rev-parse", "--is-shallow-repository"]);
  return shallow.ok ? ok(shallow.value === "true") : shallow;
}

async function isCheckedOutDirty(
  root: string,
  { commit }: NamedCommit,
  signal?: AbortSignal,
): Promise<Result<boolean, RangeFailure>> {
  const checkedOut = await askGit(root, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
  if (!checkedOut.ok) return checkedOut;
  return checkedOut.value === commit ? isDirty(root, "all", signal) : ok(false);
}
