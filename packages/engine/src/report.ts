import type { Difference, LineChange, RecordFailure } from "@imagegate/core";
import type { BatchFailures } from "@imagegate/host";

/** What became of one record. */
export type RecordVerdict = {
  readonly name: string;
  /** The record's file, relative to the workspace. */
  readonly path: string;
} & (
  | { readonly state: "same" | "removed" }
  | {
      readonly state: "added";
      /** Under which the store keeps the manifest. */
      readonly digest: string;
    }
  | {
      readonly state: "changed";
      readonly digest: string;
      readonly lines: readonly LineChange[];
      readonly explanation: RecordExplanation;
    }
  | { readonly state: "inconsistent"; readonly lines: readonly LineChange[] }
  | { readonly state: "conflicted" | "unreadable"; readonly failure: UnreadableRecord }
);

/** Why a file among the records is not a record. */
export type UnreadableRecord =
  | RecordFailure
  | { readonly reason: "record-stranger" }
  | { readonly reason: "record-not-read"; readonly code: string };

/** What changed inside a manifest, or why that is not known. */
export type RecordExplanation =
  | { readonly kind: "differences"; readonly differences: readonly Difference[] }
  | {
      readonly kind: "unknown";
      readonly because: "base-not-in-store" | "new-not-in-store" | "ids-only-record" | "not-asked";
    };

/** The figures of a run; durations in milliseconds. */
export interface RunSummary {
  readonly manifests: number;
  readonly changed: number;
  readonly added: number;
  readonly removed: number;
  /** Inconsistent, conflicted and unreadable records. */
  readonly damaged: number;
  readonly unchanged: number;
  /** Null when osbuild was not asked. */
  readonly inspect: {
    readonly hits: number;
    readonly misses: number;
    readonly meanMs: number;
    readonly failedWrites: number;
  } | null;
  readonly meanGenerationMs: number;
  readonly totalMs: number;
  readonly concurrency: number;
  /** Entries of the store that were found damaged: each was a miss, never an answer. */
  readonly damagedEntries: number;
  /** Writes to the store that failed, and the first of them: a warning, never a verdict. */
  readonly storeFailures: BatchFailures | null;
}

/** What `check` found in a family: `verdicts` of all records, sorted by name. */
export interface CheckReport {
  readonly family: string;
  readonly verdict: "same" | "differs";
  readonly verdicts: readonly RecordVerdict[];
  readonly summary: RunSummary;
}

/** What `generate` did to the records of a family: names, sorted. */
export interface GenerateReport {
  readonly family: string;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly summary: RunSummary;
}

/** A record folder that belongs to no family. */
export interface OrphanedRecords {
  /** Relative to the workspace. */
  readonly folder: string;
  readonly files: number;
}

/** What happens during a run; `total` is null until the generator has named its manifests. */
export type RunEvent =
  | { readonly kind: "waiting-for-lock"; readonly pid: number; readonly host: string }
  | { readonly kind: "generator-started" }
  | {
      readonly kind: "manifest-done";
      readonly name: string;
      readonly done: number;
      readonly total: number | null;
      /** Null for a manifest that failed. */
      readonly span: WorkSpan | null;
    };

/** When a thread worked on a manifest. */
export interface WorkSpan {
  readonly thread: number;
  /** Milliseconds of `process.hrtime`, with a fraction: all threads share that clock, and nobody sets it. */
  readonly startedAtMs: number;
  readonly durationMs: number;
}
