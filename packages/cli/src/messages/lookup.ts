import type { TreeFailure } from "@imagegate/core";
import type { GitFailure, LookupFailure } from "@imagegate/engine";
import { formatCommand } from "./escape.ts";
import { thenRun, type Describers } from "./failure-text.ts";
import { describeOutcome, outcomeDetails } from "./outcome.ts";
import { formatCount, formatNames } from "./units.ts";

type Own = Extract<
  LookupFailure,
  {
    readonly reason:
      | `record-${"unknown" | "ambiguous" | "not-at-revision"}`
      | "revision-unknown"
      | `history-${string}`
      | "not-in-store"
      | "operand-unknown";
  }
>;

const EMPTY_CACHE = "empty the cache, which changes no verdict: npx imagegate cache prune --max-size 0";

/** Manifests, records and revisions that cannot be looked up. */
export const LOOKUP_TEXTS: Describers<Own | GitFailure | TreeFailure> = {
  "git-failed": ({ argv, outcome }, { rerun }) => ({
    what: `git failed: ${formatCommand(argv)}`,
    expected: "exit code 0",
    found: describeOutcome(outcome),
    details: outcomeDetails(outcome),
    next: thenRun("correct what git complains about", rerun),
  }),
  "record-unknown": ({ name, known }) => ({
    what: `no family records a manifest ${JSON.stringify(name)}`,
    expected: `the NAME of a record in ${formatCount(known, "family", "families")}, or FAMILY/NAME`,
    next: "to see all that is recorded, run: git ls-files -- checksums",
  }),
  "record-ambiguous": ({ name, families }) => ({
    what: `several families record a manifest ${JSON.stringify(name)}: ${formatNames(families)}`,
    expected: "FAMILY/NAME",
    next: `${formatCommand(["npx", "imagegate", "history", `${families[0] ?? "FAMILY"}/${name}`])}`,
  }),
  "revision-unknown": ({ revision }, { rerun }) => ({
    what: `git knows no revision ${JSON.stringify(revision)}`,
    expected: "a commit, a branch or a tag of this clone",
    next: thenRun("run git fetch --tags or correct the name", rerun),
  }),
  "record-not-at-revision": ({ revision, path }) => ({
    what: `there is no ${path} at ${revision}`,
    next: `to see the commits that hold it, run: ${formatCommand(["git", "log", "--oneline", "--all", "--", path])}`,
  }),
  "history-empty": ({ path }) => ({
    what: `no commit holds ${path}`,
    next: `commit it: ${formatCommand(["git", "add", "--", path])} && git commit`,
  }),
  "history-shallow": ({ path }, { rerun }) => ({
    what: `this clone holds only a part of the history of ${path}`,
    expected: "a full clone",
    next: thenRun("run git fetch --unshallow", rerun),
  }),
  "not-in-store": ({ digest }) => ({
    what: `the manifest ${digest} is not in the cache of this machine`,
    expected: "a manifest that generate or check has seen here",
    next: "at the revision that recorded it, run: npx imagegate check",
  }),
  "operand-unknown": ({ operand }) => ({
    what: `${JSON.stringify(operand)} is nothing that can be compared`,
    expected: "a file, the digest of a manifest in the cache, or REVISION:NAME of a recorded manifest",
    next: "npx imagegate compare --help",
  }),
  "tree-malformed": () => ({
    what: "the cache's entry of this manifest is damaged",
    next: EMPTY_CACHE,
  }),
  "tree-mismatch": ({ expected, actual }) => ({
    what: "the cache's entry of this manifest rebuilds another one",
    expected: `sha256:${expected}`,
    found: `sha256:${actual}`,
    next: EMPTY_CACHE,
  }),
  "tree-blob-missing": ({ blob }) => ({
    what: `the cache has lost a part of this manifest (${blob})`,
    next: "at the revision that recorded it, run: npx imagegate check",
  }),
};
