import type {
  JsonFailure,
  JsonPath,
  ManifestFailure,
  RecordFailure,
  TreeFailure,
  ValueFailure,
} from "@imagegate/core";
import type {
  ListingFailure,
  LockFailure,
  ProcessOutcome,
  ReadFailure,
  StoreReadFailure,
  WriteFailure,
} from "@imagegate/host";

/** Why a configuration was not used; paths are relative to the workspace. */
export type ConfigFailure =
  | { readonly reason: "config-missing"; readonly path: string }
  | { readonly reason: "config-unreadable"; readonly path: string; readonly cause: ReadFailure | JsonFailure }
  | { readonly reason: "config-invalid"; readonly path: string; readonly problems: readonly ConfigProblem[] }
  | { readonly reason: "config-none-found"; readonly root: string }
  | ListingFailure
  | { readonly reason: "family-unknown"; readonly family: string; readonly known: readonly string[] }
  | { readonly reason: "family-twice"; readonly family: string; readonly paths: readonly string[] }
  | {
      readonly reason: "records-shared";
      /** The record folder that two families claim. */
      readonly folder: string;
      readonly families: readonly string[];
    };

/** One thing that is wrong in a configuration or in a report. */
export interface ConfigProblem {
  readonly path: JsonPath;
  readonly message: string;
}

/** Why a text is no report. */
export type ReportFailure =
  | { readonly reason: "report-too-large"; readonly sizeBytes: number; readonly limitBytes: number }
  | { readonly reason: "report-unreadable"; readonly cause: JsonFailure }
  | { readonly reason: "report-invalid"; readonly problems: readonly ConfigProblem[] };

/** Why a generator gave no complete set of manifests. */
export type GeneratorFailure =
  | ListingFailure
  | { readonly reason: "generator-empty" }
  | { readonly reason: "name-invalid"; readonly name: string }
  | { readonly reason: "name-collision"; readonly names: readonly string[] }
  | { readonly reason: "names-missing"; readonly names: readonly string[] }
  | { readonly reason: "names-unexpected"; readonly names: readonly string[] }
  | {
      readonly reason: "module-not-loaded";
      readonly entry: string;
      readonly message: string;
      readonly stack: string;
    }
  | {
      readonly reason: "module-shape";
      readonly entry: string;
      readonly path: JsonPath;
      readonly expected: string;
    }
  | { readonly reason: "module-outside-input"; readonly entry: string; readonly file: string }
  | { readonly reason: "module-threw"; readonly message: string; readonly stack: string }
  | { readonly reason: "module-timed-out"; readonly timeoutMs: number }
  | { readonly reason: "worker-died"; readonly message: string }
  | {
      readonly reason: "command-failed";
      readonly argv: readonly string[];
      /** Never a clean exit. */
      readonly outcome: ProcessOutcome;
    }
  | {
      readonly reason: "command-output";
      readonly line: number;
      readonly cause: JsonFailure | { readonly reason: "line-shape"; readonly expected: string };
    }
  | { readonly reason: "output-stranger"; readonly path: string }
  | { readonly reason: "no-match"; readonly include: readonly string[] }
  | {
      readonly reason: "shard-unknown";
      /** Manifests that belong to none of the listed shards. */
      readonly names: readonly string[];
      readonly shards: readonly string[];
    }
  | { readonly reason: "shards-empty"; readonly shards: readonly string[] };

/** Why one manifest could not be fingerprinted. */
export type FingerprintFailure =
  | JsonFailure
  | ManifestFailure
  | ValueFailure
  | ReadFailure
  | WriteFailure
  | InspectFailure
  /** A record of ids alone would be empty, and vouch for nothing. */
  | { readonly reason: "no-pipelines" }
  | Extract<GeneratorFailure, { readonly reason: `module-${string}` | "worker-died" }>;

/** Why osbuild's ids are not to be had. */
export type InspectFailure =
  | {
      readonly reason: "osbuild-version-failed";
      readonly argv: readonly string[];
      readonly outcome: ProcessOutcome;
    }
  | { readonly reason: "osbuild-failed"; readonly argv: readonly string[]; readonly outcome: ProcessOutcome }
  | {
      readonly reason: "osbuild-refused";
      readonly argv: readonly string[];
      /** osbuild's own words, at most a few lines. */
      readonly title: string;
      readonly errors: readonly { readonly message: string; readonly path: string }[];
    }
  | { readonly reason: "osbuild-output"; readonly argv: readonly string[]; readonly expected: string }
  | {
      readonly reason: "ids-disagree";
      readonly pipeline: string;
      readonly stage: number;
      readonly builtin: string | null;
      readonly osbuild: string | null;
    };

/** Why a run over a family could not decide. */
export type RunFailure =
  | GeneratorFailure
  | { readonly reason: "manifest-failed"; readonly manifests: readonly FailedManifest[] }
  /** Files among the records that are none: nobody here may remove them, and no check would pass with them. */
  | { readonly reason: "records-strangers"; readonly paths: readonly string[] }
  | {
      readonly reason: "records-unreadable";
      readonly folder: string;
      readonly code: string;
      readonly cause: unknown;
    }
  | {
      readonly reason: "store-unreadable";
      readonly path: string;
      readonly code: string;
      readonly cause: unknown;
    }
  | { readonly reason: "cancelled" }
  | LockFailure
  | WriteFailure;

/** Why records were not brought into another form; none was touched. */
export type MigrateFailure =
  | ConfigFailure
  | RunFailure
  | {
      readonly reason: "records-occupied";
      readonly folder: string;
      /** Files that stand where the new records would. */
      readonly files: readonly string[];
    }
  | {
      readonly reason: "manifests-unstable";
      /** Manifests that came out otherwise when they were made a second time. */
      readonly names: readonly string[];
    };

/** A manifest that could not be fingerprinted, and why. */
export interface FailedManifest {
  readonly name: string;
  readonly failure: FingerprintFailure;
}

/** Why git did not answer. */
export interface GitFailure {
  readonly reason: "git-failed";
  readonly argv: readonly string[];
  readonly outcome: ProcessOutcome;
}

/** An object that a commit names and this clone does not hold. */
export interface MissingObject {
  readonly reason: "object-missing";
  readonly object: string;
}

/** Why the families and records of a commit could not be read. */
export type CommitFailure =
  | GitFailure
  | MissingObject
  | {
      readonly reason: "committed-config";
      readonly commit: string;
      /** What is wrong in the configuration that the commit holds. */
      readonly cause: ConfigFailure;
    };

/** Why a folder of manifests could not be used. */
export type FolderFailure =
  | ListingFailure
  | { readonly reason: "folder-missing"; readonly path: string }
  | { readonly reason: "folders-empty"; readonly paths: readonly string[] };

/** Why a range of commits means nothing in this clone. */
export type RangeFailure =
  | GitFailure
  | { readonly reason: "not-a-repository"; readonly folder: string }
  | {
      readonly reason: "commit-missing";
      readonly revision: string;
      /** The names of the clone's remotes, by which a branch of theirs is told. */
      readonly remotes: readonly string[];
      readonly isShallow: boolean;
    }
  | {
      readonly reason: "upstream-missing";
      /** Null where no branch is checked out. */
      readonly branch: string | null;
      readonly hasRemote: boolean;
    }
  | { readonly reason: "clone-shallow"; readonly base: string; readonly head: string }
  | { readonly reason: "commits-unrelated"; readonly base: string; readonly head: string };

/** Why a manifest's text, which two sides are compared by, could not be used. */
export type DocumentFailure =
  | ReadFailure
  | { readonly reason: "document-unreadable"; readonly path: string; readonly cause: JsonFailure }
  | Extract<GeneratorFailure, { readonly reason: "worker-died" | "module-timed-out" }>;

/** Why a commit could not be made ready to generate, beside the user's checkout. */
export type CheckoutFailure =
  | GitFailure
  | LockFailure
  | WriteFailure
  | { readonly reason: "checkout-configs"; readonly causes: readonly ConfigFailure[] }
  | {
      readonly reason: "setup-failed";
      readonly argv: readonly string[];
      readonly commit: string;
      /** Whose configuration says so: the commit's own, or that of the checkout that it is looked at from. */
      readonly saidBy: "commit" | "checkout";
      /** Never a clean exit. */
      readonly outcome: ProcessOutcome;
    }
  | {
      readonly reason: "setup-needed";
      /** The lock file by which other packages are wanted than those that are installed. */
      readonly lockFile: string;
      /** Whether a `setup` ran, and installed none. */
      readonly hasSetup: boolean;
    };

/** Why a manifest or its history could not be looked up. */
export type LookupFailure =
  | GitFailure
  | ReadFailure
  | JsonFailure
  | RecordFailure
  | StoreReadFailure
  | TreeFailure
  | { readonly reason: "record-unknown"; readonly name: string; readonly known: number }
  | { readonly reason: "record-ambiguous"; readonly name: string; readonly families: readonly string[] }
  | { readonly reason: "revision-unknown"; readonly revision: string }
  | { readonly reason: "record-not-at-revision"; readonly revision: string; readonly path: string }
  | { readonly reason: "history-empty"; readonly path: string }
  | { readonly reason: "history-shallow"; readonly path: string }
  | { readonly reason: "not-in-store"; readonly digest: string }
  | { readonly reason: "operand-unknown"; readonly operand: string };

/** Why two moments could not be explained. */
export type ExplainFailure = RangeFailure | CommitFailure | DocumentFailure | FolderFailure | RunFailure;

/** Why the commits of a range could not be checked. */
export type EachFailure =
  | RangeFailure
  | CommitFailure
  | Extract<RunFailure, { readonly reason: "cancelled" }>
  | { readonly reason: "range-empty"; readonly base: string; readonly head: string };

/** Why the records of commits were not repaired; the branch stands where it stood. */
export type FixupFailure =
  | EachFailure
  | RunFailure
  | { readonly reason: "operation-in-progress"; readonly operation: string }
  | { readonly reason: "worktree-dirty" }
  | { readonly reason: "head-not-checked-out"; readonly head: string }
  | {
      readonly reason: "commit-undecided";
      readonly commit: string;
      readonly family: string | null;
      readonly failure: CommitFailure | CheckoutFailure | RunFailure;
    }
  | {
      readonly reason: "commit-strangers";
      readonly commit: string;
      /** Files among its records that belong to no family, or are none. */
      readonly paths: readonly string[];
    };

/** Why nothing was accepted, or not all of it. */
export type AcceptFailure =
  | RunFailure
  | { readonly reason: "cause-unknown"; readonly id: string; readonly known: readonly string[] }
  | {
      readonly reason: "records-moved";
      /** Records that somebody else has changed meanwhile. */
      readonly paths: readonly string[];
    };

/** Everything that the engine may answer instead of a result. */
export type EngineFailure =
  | ConfigFailure
  | RunFailure
  | MigrateFailure
  | FingerprintFailure
  | LookupFailure
  | ReportFailure
  | ExplainFailure
  | EachFailure
  | FixupFailure
  | AcceptFailure
  | CheckoutFailure;
