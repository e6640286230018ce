import type { Explanation } from "../explain/explanation.ts";

/** A commit of a range: what it introduced, and whether its records are those of its own definitions. */
export interface ReportedCommit {
  readonly commit: string;
  readonly subject: string;
  /** Ids of the causes that it introduced. */
  readonly causes: readonly string[];
  readonly records: "same" | "differ" | "undecided";
  /** Names of the manifests whose records are wrong in it, sorted. */
  readonly wrong: readonly string[];
}

/** All that a report tells; every format renders this and nothing else. */
export interface Report {
  /** What stands on either side, such as a commit or a folder. */
  readonly from: string;
  readonly to: string;
  /** Of a check; null where nothing was checked, only explained. */
  readonly verdict: "same" | "differs" | "undecided" | null;
  /** What kept a check from deciding, in plain words. */
  readonly failures: readonly string[];
  readonly explanation: Explanation;
  /** Oldest first; empty where no range was asked for. */
  readonly commits: readonly ReportedCommit[];
  /** The file that a result about a manifest points at (definition when known, else record), POSIX, relative to the repository. */
  readonly locations: ReadonlyMap<string, string>;
}
