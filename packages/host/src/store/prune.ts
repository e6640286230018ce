import type { Result } from "@imagegate/core";
import { listing } from "./info.ts";
import { removeStored } from "./remove.ts";
import { listFolders, listLoose, listPacks, type StoreReadFailure, type StoreTemporary } from "./list.ts";

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

/** A file that stays or goes as a whole: an entry of its own, an artifact, a verdict, or a pack. */
interface StoreFile extends StoreTemporary {
  readonly entries: number;
}

const TEMPORARY_AGE_MS = 60 * 60 * 1000;

/**
 * Removes entries beyond `maxAgeMs`, then the earliest written until `maxBytes` hold, and left-over temporary files
 * older than an hour. A pack goes whole, and `removed` and `kept` count its entries. Kept artifacts and verdicts on pins
 * are bound by the same. Safe beside running readers and writers: a reader of a removed entry misses.
 */
export async function pruneStore(
  root: string,
  options: PruneOptions,
): Promise<Result<PruneReport, StoreReadFailure>> {
  return listing(async () => {
    const { packs, temporaries } = await listPacks(root);
    const files: StoreFile[] = packs.map(({ entries, ...pack }) => ({
      ...pack,
      entries: entries?.length ?? 0,
    }));
    const loose = await listLoose(root);
    for (const file of loose.files) files.push({ ...file, entries: 1 });
    const left = [...temporaries, ...loose.temporaries];
    for await (const folder of listFolders(root)) {
      for (const entry of folder.entries) files.push({ ...entry, entries: 1 });
      left.push(...folder.temporaries);
    }
    const stale = left.filter((file) => options.nowMs - file.writtenAtMs > TEMPORARY_AGE_MS);
    return removeAll(files, stale, choose(files, options));
  });
}

/** The files to remove: decided on data alone, ties by path so that two runs choose the same. */
function choose(files: readonly StoreFile[], options: PruneOptions): ReadonlySet<StoreFile> {
  const { maxAgeMs = Infinity, maxBytes = Infinity, nowMs } = options;
  const chosen = new Set(files.filter((file) => nowMs - file.writtenAtMs > maxAgeMs));
  const young = files.filter((file) => !chosen.has(file)).toSorted(byAge);
  let excess = sizeOf(young) - maxBytes;
  for (const file of young) {
    if (excess <= 0) break;
    chosen.add(file);
    excess -= file.sizeBytes;
  }
  return chosen;
}

async function removeAll(
  files: readonly StoreFile[],
  stale: readonly StoreTemporary[],
  chosen: ReadonlySet<StoreFile>,
): Promise<PruneReport> {
  const gone = new Set<StoreFile>();
  let removedTemporaries = 0;
  for (const file of chosen) if (await removeStored(file.path)) gone.add(file);
  for (const file of stale) if (await removeStored(file.path)) removedTemporaries += 1;
  const kept = files.filter((file) => !gone.has(file));
  return {
    removed: entriesIn([...gone]),
    removedBytes: sizeOf([...gone]),
    kept: entriesIn(kept),
    keptBytes: sizeOf(kept),
    removedTemporaries,
    failed: chosen.size - gone.size + stale.length - removedTemporaries,
  };
}

function sizeOf(files: readonly StoreFile[]): number {
  return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

function entriesIn(files: readonly StoreFile[]): number {
  return files.reduce((sum, { entries }) => sum + entries, 0);
}

function byAge(a: StoreFile, b: StoreFile): number {
  if (a.writtenAtMs !== b.writtenAtMs) return a.writtenAtMs - b.writtenAtMs;
  return a.path < b.path ? -1 : 1;
}
