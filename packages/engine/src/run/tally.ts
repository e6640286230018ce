import type { BatchFailures } from "@imagegate/host";
import type { RunSummary } from "../report.ts";
import type { RecordedManifest } from "./fingerprint-project.ts";
import type { Session } from "./session.ts";

/** Adds up the figures of a run, manifest by manifest; a class, for it changes all the while. */
export class Tally {
  readonly #startedAt = performance.now();
  readonly #session: Session;
  readonly #failedWritesBefore: number;
  readonly #damagedBefore: number;
  #manifests = 0;
  #generationMs = 0;
  #hits = 0;
  #misses = 0;
  #inspectionMs = 0;
  #damagedEntries = 0;
  #storeFailures: BatchFailures | null = null;

  constructor(session: Session) {
    this.#session = session;
    this.#failedWritesBefore = session.inspector.cache.failures.count;
    this.#damagedBefore = session.store.damaged;
  }

  get manifests(): number {
    return this.#manifests;
  }

  add({ generationMs, inspection, damagedEntries }: RecordedManifest): void {
    this.#manifests += 1;
    this.#generationMs += generationMs;
    if (inspection?.from === "cache") this.#hits += 1;
    if (inspection?.from === "osbuild") {
      this.#misses += 1;
      this.#inspectionMs += inspection.durationMs;
    }
    this.#damagedEntries += damagedEntries;
  }

  /** Counts entries that were found damaged before a manifest was read for good: they are replaced by then. */
  addAhead(damagedEntries: number): void {
    this.#damagedEntries += damagedEntries;
  }

  /** Counts what the store could not keep. */
  addStoreFailures(failures: BatchFailures | null): void {
    if (failures === null) return;
    const { count = 0, first = failures.first } = this.#storeFailures ?? {};
    this.#storeFailures = { count: count + failures.count, first };
  }

  /** The figures, with the counts of records that the run found. */
  summary(records: Pick<RunSummary, "changed" | "added" | "removed" | "damaged" | "unchanged">): RunSummary {
    const { cache } = this.#session.inspector;
    const asked = this.#hits + this.#misses;
    const first = this.#storeFailures?.first ?? cache.failures.first;
    const count = (this.#storeFailures?.count ?? 0) + cache.failures.count - this.#failedWritesBefore;
    return {
      manifests: this.#manifests,
      ...records,
      inspect:
        asked === 0
          ? null
          : {
              hits: this.#hits,
              misses: this.#misses,
              meanMs: mean(this.#inspectionMs, this.#misses),
              failedWrites: cache.failures.count - this.#failedWritesBefore,
            },
      meanGenerationMs: mean(this.#generationMs, this.#manifests),
      totalMs: performance.now() - this.#startedAt,
      concurrency: this.#session.concurrency,
      // Threads have stores of their own; this one is asked for osbuild's answers and for explanations.
      damagedEntries: this.#damagedEntries + this.#session.store.damaged - this.#damagedBefore,
      storeFailures: first === null || count === 0 ? null : { count, first },
    };
  }
}

function mean(total: number, count: number): number {
  return count === 0 ? 0 : total / count;
}
