import type { CheckoutFailure, CommitFailure, EachFailure, FixupFailure } from "@imagegate/engine";
import { CONFIG_TEXTS } from "./config.ts";
import { formatCommand } from "./escape.ts";
import { describeWith, thenRun, type Describers } from "./failure-text.ts";
import { GENERATOR_TEXTS } from "./generator.ts";
import { formatNames } from "./units.ts";
import { describeOutcome, outcomeDetails } from "./outcome.ts";

type Own =
  | Exclude<
      EachFailure | CommitFailure | CheckoutFailure,
      { readonly reason: "cancelled" | "git-failed" | "write-failed" | `lock-${string}` }
    >
  | Extract<
      FixupFailure,
      {
        readonly reason:
          | "operation-in-progress"
          | "worktree-dirty"
          | "head-not-checked-out"
          | `commit-${"undecided" | "strangers"}`;
      }
    >;

const CONFIGS = { ...GENERATOR_TEXTS, ...CONFIG_TEXTS };

/** Commits and ranges of them that mean nothing, or cannot be made ready to generate. */
export const COMMIT_TEXTS: Describers<Own> = {
  "not-a-repository": ({ folder }) => ({
    what: `${folder} is in no git repository, so there are no commits to compare`,
    expected: "a git repository, or two folders of manifests",
    next: "npx imagegate explain --from FOLDER --to FOLDER",
  }),
  "commit-missing": ({ revision, remotes, isShallow }, { rerun }) => ({
    what: `git knows no commit ${JSON.stringify(revision)} here`,
    expected: "a commit, a branch or a tag of this clone",
    ...(isShallow ? { found: "a shallow clone, which holds the last commits only" } : {}),
    next: thenRun(`run ${formatCommand(fetchCommand(revision, remotes, isShallow))}`, rerun),
  }),
  "upstream-missing": ({ branch, hasRemote }, { rerun }) => ({
    what:
      branch === null
        ? "no branch is checked out, so there is no upstream branch to compare with"
        : `the branch ${branch} has no upstream branch to compare with`,
    expected: "an upstream branch, or the commit to compare with as BASE",
    next:
      branch === null || !hasRemote
        ? `name the commit to compare with, the one before HEAD for example: ${rerun} HEAD~1`
        : thenRun(`run ${formatCommand(["git", "branch", "--set-upstream-to=origin/main", branch])}`, rerun),
  }),
  "clone-shallow": ({ base, head }, { rerun }) => ({
    what: `this clone is shallow: it does not hold where ${base} and ${head} parted`,
    expected: "a clone with the whole history",
    next: thenRun("run git fetch --unshallow", rerun),
  }),
  "commits-unrelated": ({ base, head }) => ({
    what: `${base} and ${head} have no common past`,
    expected: "two commits of one history",
    next: `name another base; to see where branches begin, run: ${formatCommand(["git", "log", "--oneline", "--graph", base, head])}`,
  }),
  "range-empty": ({ base, head }) => ({
    what: `there is no commit to check: ${head} has none that ${base} has not`,
    expected: "a range such as BASE..HEAD, the older commit first",
    next: `to see what a range holds, run: ${formatCommand(["git", "log", "--oneline", `${base}..${head}`])}`,
  }),
  "operation-in-progress": ({ operation }, { rerun }) => ({
    what: `git is in the middle of a ${operation}`,
    expected: "a checkout in which nothing else is under way",
    next: thenRun(
      `finish it, or give it up (git ${operation} ${operation === "bisect" ? "reset" : "--abort"})`,
      rerun,
    ),
  }),
  "worktree-dirty": (_, { rerun }) => ({
    what: "the working tree has changes that are not committed",
    expected: "a clean working tree",
    next: thenRun("run git stash or git commit", rerun),
  }),
  "head-not-checked-out": ({ head }, { rerun }) => ({
    what: `${head} is not what is checked out, so its branch is not for this command to move`,
    expected: "a range that ends at HEAD",
    next: thenRun(`run ${formatCommand(["git", "switch", head])}`, rerun),
  }),
  "commit-undecided": ({ commit, family }, { rerun }) => ({
    what: `the records of ${commit} cannot be repaired: ${family === null ? "it" : `its family ${family}`} could not be generated`,
    expected: "a range of commits that can all be generated",
    next: thenRun("name a range that begins after it", rerun),
  }),
  "commit-strangers": ({ commit, paths }) => ({
    what: `${commit} has files among its records that are none, or that belong to no family`,
    expected: "records and nothing else: which of the others may go is not for this command to tell",
    found: formatNames(paths),
    next: `to remove them from that commit, run: ${formatCommand(["git", "rebase", "--interactive", `${commit}^`])}`,
  }),
  "object-missing": ({ object }, { rerun }) => ({
    what: `this clone does not hold the object ${object}, which a commit names`,
    expected: "a clone with all its objects",
    next: thenRun("run git fetch --refetch", rerun),
  }),
  "committed-config": ({ commit, cause }, context) => ({
    what: `the commit ${commit} cannot be read: ${describeWith(CONFIGS, cause, context).what}`,
    details: describeWith(CONFIGS, cause, context).details ?? [],
    next: "name another base, one whose configurations are valid: npx imagegate explain BASE",
  }),
  "checkout-configs": ({ causes }, context) => ({
    what: "the configurations of that commit cannot be used",
    details: causes.map((cause) => describeWith(CONFIGS, cause, context).what),
    next: thenRun("name another commit", context.rerun),
  }),
  "setup-failed": ({ argv, outcome, commit, saidBy }, { rerun }) => ({
    what: `the setup of a checkout failed: ${formatCommand(argv)}`,
    expected: "exit code 0",
    found: describeOutcome(outcome),
    details: outcomeDetails(outcome),
    next:
      saidBy === "checkout"
        ? thenRun('correct "setup" in imagegate.json', rerun)
        : `a commit that its own setup cannot prepare stays undecided; begin the range behind it, or look what it lacks: ${formatCommand(["git", "worktree", "add", "--detach", `../look-${commit.slice(0, 12)}`, commit])}`,
  }),
  "setup-needed": ({ lockFile, hasSetup }, { rerun }) => ({
    what: `${lockFile} of that commit wants other packages than those that are installed`,
    expected: 'a "setup" in imagegate.json that installs them where node_modules is missing',
    found: hasSetup ? "a setup that installed none" : "no setup",
    next: thenRun('set "setup" to a command such as npm ci', rerun),
  }),
};

/** What brings a commit into the clone. */
function fetchCommand(revision: string, remotes: readonly string[], isShallow: boolean): readonly string[] {
  const remote = remotes.find((name) => revision.startsWith(`${name}/`));
  if (remote !== undefined) {
    const branch = revision.slice(remote.length + 1);
    return ["git", "fetch", remote, `+refs/heads/${branch}:refs/remotes/${remote}/${branch}`];
  }
  return isShallow ? ["git", "fetch", "--unshallow", "--tags"] : ["git", "fetch", "--all", "--tags"];
}
