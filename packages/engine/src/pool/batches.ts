import { statSync } from "node:fs";
import type { OfferedManifest } from "../generators/manifest-set.ts";

/** What a thread reads in some milliseconds: enough that handing it over costs nothing beside. */
const BATCH_BYTES = 4 * 1024 * 1024;
/** So that the threads end together. */
const BATCHES_A_THREAD = 4;

/**
 * Manifests in batches for threads, in their order: files by their bytes, and never so many that a thread would have
 * none; images of a module alone, since each has its own time.
 */
export function* batchManifests(
  manifests: readonly OfferedManifest[],
  threads: number,
): Generator<readonly OfferedManifest[]> {
  const most = Math.ceil(manifests.length / (threads * BATCHES_A_THREAD));
  let batch: OfferedManifest[] = [];
  let bytes = 0;
  for (const manifest of manifests) {
    const sizeBytes = sizeOf(manifest);
    if (batch.length > 0 && (batch.length >= most || bytes + sizeBytes > BATCH_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(manifest);
    bytes += sizeBytes;
  }
  if (batch.length > 0) yield batch;
}

/** A file that cannot be looked at is read alone, and its reader says why. */
function sizeOf({ source }: OfferedManifest): number {
  if (source.kind === "module") return Number.POSITIVE_INFINITY;
  try {
    return statSync(source.path).size;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
