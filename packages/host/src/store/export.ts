import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { fail, ok, parseTree, type Result } from "@imagegate/core";
import type { WriteFailure } from "../files/atomic.ts";
import { errorCode } from "../files/error-code.ts";
import { temporaryPath } from "../files/temporary.ts";
import { ARCHIVE_HEADER, formatArchiveEnd, formatArchiveEntry } from "./archive.ts";
import { byKindAndKey, listEntries, StoreListError, type StoreEntry, type StoreReadFailure } from "./list.ts";
import { entryPath, type StoreKind } from "./path.ts";
import { openStore, type Store } from "./store.ts";

/** What to export. */
export interface ExportOptions {
  readonly kinds: readonly StoreKind[];
  /** Only these, and the blobs of the manifests among them; all by default. */
  readonly entries?: readonly Pick<StoreEntry, "kind" | "key">[];
}

/** What was exported; `damaged` entries were left out. */
export interface ExportReport {
  readonly exported: number;
  readonly damaged: number;
  readonly sizeBytes: number;
}

type Address = Pick<StoreEntry, "kind" | "key">;

/**
 * Writes the entries of a store to one file, which is replaced whole; equal entries give equal files.
 * Only one entry is in memory at a time.
 */
export async function exportStore(
  root: string,
  path: string,
  options: ExportOptions,
): Promise<Result<ExportReport, StoreReadFailure | WriteFailure>> {
  const store = openStore({ root });
  const counts = { exported: 0, sizeBytes: 0 };
  const temporary = temporaryPath(path);
  try {
    // As private as the store.
    const file = createWriteStream(temporary, { flags: "wx", mode: 0o600 });
    await pipeline(archiveBytes(store, options, counts), file);
    await rename(temporary, path);
    return ok({ ...counts, damaged: store.damaged });
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (cause instanceof StoreListError) return fail(cause.failure);
    return fail({ reason: "write-failed", path, code: errorCode(cause), cause });
  } finally {
    store.close();
  }
}

async function* archiveBytes(
  store: Store,
  options: ExportOptions,
  counts: { exported: number; sizeBytes: number },
): AsyncGenerator<Uint8Array> {
  const count = (bytes: Uint8Array): Uint8Array => {
    counts.sizeBytes += bytes.length;
    return bytes;
  };
  yield count(Buffer.from(ARCHIVE_HEADER));
  for (const { kind, key } of await addresses(store, options)) {
    const read = await store.read(kind, key);
    if (read.status !== "hit") continue;
    counts.exported += 1;
    yield count(formatArchiveEntry({ kind, key, payload: read.bytes }));
  }
  yield count(Buffer.from(formatArchiveEnd(counts.exported)));
}

async function addresses(store: Store, { kinds, entries }: ExportOptions): Promise<readonly Address[]> {
  if (entries !== undefined) {
    const all = await withBlobs(store, entries);
    return all.toSorted(byKindAndKey).filter(({ kind }) => kinds.includes(kind));
  }
  const all = await listEntries(store.root);
  return all.filter(({ kind }) => kinds.includes(kind));
}

/** A manifest without its blobs explains nothing. */
async function withBlobs(store: Store, entries: readonly Address[]): Promise<readonly Address[]> {
  const all = new Map<string, Address>();
  const add = (address: Address): void => {
    all.set(entryPath(store.root, address.kind, address.key), address);
  };
  for (const entry of entries) {
    add(entry);
    if (entry.kind !== "manifest") continue;
    const read = await store.read("manifest", entry.key);
    const tree = read.status === "hit" ? parseTree(Buffer.from(read.bytes).toString("utf8")) : undefined;
    for (const part of tree?.ok ? tree.value.parts : []) {
      if ("blob" in part) add({ kind: "blob", key: part.blob });
    }
  }
  return [...all.values()];
}
