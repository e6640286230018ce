import type { Result } from "@imagegate/core";
import { createMemory } from "./memory.ts";
import { entryPath, type StoreKind } from "./path.ts";
import { readEntry, readEntrySync, type StoreRead } from "./read.ts";
import {
  writeEntry,
  writeEntrySync,
  type EntryAddress,
  type StoreWrite,
  type StoreWriteFailure,
} from "./write.ts";

/**
 * A content-addressed store that may vanish at any moment: reads then miss, and writes make it anew or fail as values.
 * Only a text that is no key, or a blob under a key that is not its sha256, throws.
 */
export interface Store {
  readonly root: string;
  /** Damaged entries that reads came upon: each was a miss. */
  readonly damaged: number;
  /** Reads and verifies one entry. */
  read(kind: StoreKind, key: string): Promise<StoreRead>;
  readSync(kind: StoreKind, key: string): StoreRead;
  /** Keeps bytes; writes nothing when a file of the right size stands there and no read found it damaged. */
  write(kind: StoreKind, key: string, bytes: Uint8Array): Promise<Result<StoreWrite, StoreWriteFailure>>;
  writeSync(kind: StoreKind, key: string, bytes: Uint8Array): Result<StoreWrite, StoreWriteFailure>;
}

/**
 * Opens a store without touching the disk.
 * Each opened store remembers what it saw whole: open one a run (and a thread), after any pruning.
 */
export function openStore({ root }: { readonly root: string }): Store {
  const memory = createMemory();
  const address = (kind: StoreKind, key: string): EntryAddress => ({
    kind,
    key,
    path: entryPath(root, kind, key),
  });
  return {
    root,
    get damaged() {
      return memory.damagedSeen;
    },
    read: async (kind, key) => readEntry(address(kind, key), memory),
    readSync: (kind, key) => readEntrySync(address(kind, key), memory),
    write: async (kind, key, bytes) => writeEntry(address(kind, key), bytes, memory),
    writeSync: (kind, key, bytes) => writeEntrySync(address(kind, key), bytes, memory),
  };
}
