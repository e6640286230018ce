import { unlink } from "node:fs/promises";
import type { Result } from "@imagegate/core";
import { errorCode } from "../files/error-code.ts";
import { listing } from "./info.ts";
import { listFolders, type StoreEntry, type StoreReadFailure, type StoreTemporary } from "./list.ts";

/** What a store may keep; a bound that is left out does not apply. */
export interface PruneOptions {
  readonly maxBytes?: number;
  readonly maxAgeMs?: number;
  /** The caller's clock: milliseconds since 1970. */
  readonly nowMs: number;
}

/** What a pruning did; `failed` counts files that should have gone and could not be removed. */
export interface PruneReport {
  readonly removed: number;
  readonly removedBytes: number;
  readonly kept: number;
  readonly keptBytes: number;
  readonly removedTemporaries: number;
  readonly failed: number;
}

const TEMPORARY_AGE_MS = 60 * 60 * 1000;

/**
 * Removes entries beyond `maxAgeMs`, then the earliest written until `maxBytes` hold, and left-over temporary files
 * older than an hour. Safe beside running readers and writers: a reader of a removed entry misses.
 */
export async function pruneStore(
  root: string,
  options: PruneOptions,
): Promise<Result<PruneReport, StoreReadFailure>> {
  return listing(async () => {
    const entries: StoreEntry[] = [];
    const stale: StoreTemporary[] = [];
    for await (const folder of listFolders(root)) {
      entries.push(...folder.entries);
      stale.push(...folder.temporaries.filter((file) => options.nowMs - file.writtenAtMs > TEMPORARY_AGE_MS));
    }
    return removeAll(entries, stale, choose(entries, options));
  });
}

/** The entries to remove: decided on data alone, ties by key so that two runs choose the same. */
function choose(entries: readonly StoreEntry[], options: PruneOptions): ReadonlySet<StoreEntry> {
  const { maxAgeMs = Infinity, maxBytes = Infinity, nowMs } = options;
  const chosen = new Set(entries.filter((entry) => nowMs - entry.writtenAtMs > maxAgeMs));
  const young = entries.filter((entry) => !chosen.has(entry)).toSorted(byAge);
  let excess = sizeOf(young) - maxBytes;
  for (const entry of young) {
    if (excess <= 0) break;
    chosen.add(entry);
    excess -= entry.sizeBytes;
  }
  return chosen;
}

async function removeAll(
  entries: readonly StoreEntry[],
  stale: readonly StoreTemporary[],
  chosen: ReadonlySet<StoreEntry>,
): Promise<PruneReport> {
  const gone = new Set<StoreEntry>();
  let removedTemporaries = 0;
  for (const entry of chosen) if (await remove(entry.path)) gone.add(entry);
  for (const file of stale) if (await remove(file.path)) removedTemporaries += 1;
  const kept = entries.filter((entry) => !gone.has(entry));
  return {
    removed: gone.size,
    removedBytes: sizeOf([...gone]),
    kept: kept.length,
    keptBytes: sizeOf(kept),
    removedTemporaries,
    failed: chosen.size - gone.size + stale.length - removedTemporaries,
  };
}

async function remove(path: string): Promise<boolean> {
  try {
    await unlink(path);
    return true;
  } catch (error) {
    return errorCode(error) === "ENOENT";
  }
}

function sizeOf(entries: readonly StoreEntry[]): number {
  return entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
}

function byAge(a: StoreEntry, b: StoreEntry): number {
  if (a.writtenAtMs !== b.writtenAtMs) return a.writtenAtMs - b.writtenAtMs;
  return a.path < b.path ? -1 : 1;
}
