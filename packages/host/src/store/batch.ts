import { fail, type Result } from "@imagegate/core";
import { entryName } from "./pack-index.ts";
import { writePack, type PackedContent } from "./pack-write.ts";
import type { Packs } from "./packs.ts";
import type { StoreKind } from "./path.ts";
import type { SealedEntries } from "./sealed.ts";
import { writeSealed, type StoreWriteFailure } from "./write.ts";

/** Entries that could not be kept: the first reason speaks for all. */
export interface BatchFailures {
  readonly count: number;
  readonly first: StoreWriteFailure;
}

/** Collects entries and writes them together; nothing of it can be read before it is flushed. */
export interface StoreBatch {
  /** Waits only when as much is pending as a pack should hold. */
  add(sealed: SealedEntries): Promise<void>;
  /** Writes all that was added, and tells what could not be kept since the last time. */
  flush(): Promise<BatchFailures | null>;
}

/** Fewer entries get files of their own, so that small changes do not leave a pack each. */
const MIN_PACKED_ENTRIES = 64;
const PACK_BYTES = 16 * 1024 * 1024;

interface Pending extends PackedContent {
  readonly replaces: boolean;
}

/** A batch of a store whose entries lie at `pathOf` when they have files of their own. */
export function openBatch(
  root: string,
  { packs, pathOf }: { readonly packs: Packs; readonly pathOf: (kind: StoreKind, key: string) => string },
): StoreBatch {
  const pending = new Map<string, Pending>();
  let pendingBytes = 0;
  let writing: Promise<void> = Promise.resolve();
  let failures: BatchFailures | null = null;

  const note = (written: Result<unknown, StoreWriteFailure>, count: number): void => {
    if (written.ok) return;
    failures = { count: (failures?.count ?? 0) + count, first: failures?.first ?? written.failure };
  };
  const write = async (entries: readonly Pending[]): Promise<void> => {
    // What was removed since would be taken for kept.
    packs.forgetLook();
    const absent = entries.filter(({ kind, key, replaces }) => replaces || !packs.has(kind, key));
    const isPacked = absent.length >= MIN_PACKED_ENTRIES;
    const packed = isPacked ? absent.filter(({ replaces }) => !replaces) : [];
    const alone = isPacked ? absent.filter(({ replaces }) => replaces) : absent;
    if (packed.length > 0) {
      note(await writePack(root, packed), packed.length);
      packs.forgetLook();
    }
    for (const entry of alone) {
      // A full disk is not asked a thousand times.
      if (failures !== null) note(fail(failures.first), 1);
      else note(await writeSealed(pathOf(entry.kind, entry.key), entry), 1);
    }
  };
  const writePending = (): Promise<void> => {
    const entries = [...pending.values()];
    pending.clear();
    pendingBytes = 0;
    writing = writing.then(() => write(entries));
    return writing;
  };

  return {
    async add({ entries, bytes }) {
      let position = 0;
      for (const { kind, key, sizeBytes, replaces } of entries) {
        const envelope = bytes.subarray(position, position + sizeBytes);
        position += sizeBytes;
        const name = entryName(kind, key);
        if (pending.has(name)) continue;
        pending.set(name, { kind, key, replaces, envelope });
        pendingBytes += sizeBytes;
      }
      if (pendingBytes >= PACK_BYTES) await writePending();
    },
    async flush() {
      await writePending();
      const told = failures;
      failures = null;
      return told;
    },
  };
}
