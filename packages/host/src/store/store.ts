import { ok, type Result } from "@imagegate/core";
import { openBatch, type StoreBatch } from "./batch.ts";
import { createMemory, rememberDamaged, rememberPresent, type StoreMemory } from "./memory.ts";
import { Packs, type Freshness } from "./packs.ts";
import { entryPaths, type StoreKind } from "./path.ts";
import type { EntryContent, Sealer } from "./sealed.ts";
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
 * Only a text that is no key, or a blob under a key that is not its sha256, throws (a digest that is given is believed).
 */
export interface Store {
  readonly root: string;
  /** Damaged entries that reads came upon: each was a miss. */
  readonly damaged: number;
  /** Reads and verifies one entry. */
  read(kind: StoreKind, key: string): Promise<StoreRead>;
  /** "lately" may miss what came in the last second, and is cheaper to ask a thousand times. */
  readSync(kind: StoreKind, key: string, asOf?: Freshness): StoreRead;
  /** Keeps bytes; writes nothing when a file of the right size stands there and no read found it damaged. */
  write(kind: StoreKind, key: string, bytes: Uint8Array): Promise<Result<StoreWrite, StoreWriteFailure>>;
  writeSync(kind: StoreKind, key: string, bytes: Uint8Array): Result<StoreWrite, StoreWriteFailure>;
  /** Seals those entries that no read or earlier call found, for a batch, and takes them for kept from then on. */
  sealAbsent(contents: readonly EntryContent[], sealer: Sealer): void;
  /** A new batch: one thread writes what many have sealed. */
  batch(): StoreBatch;
  /** Closes the files of packs; a later question opens them again. */
  close(): void;
}

/**
 * Opens a store without touching the disk.
 * Each opened store remembers what it saw whole: open one a run (and a thread), after any pruning.
 */
export function openStore({ root }: { readonly root: string }): Store {
  const memory = createMemory();
  const packs = new Packs(root);
  const pathOf = entryPaths(root);
  const address = (kind: StoreKind, key: string): EntryAddress => ({ kind, key, path: pathOf(kind, key) });
  const known = { memory, packs };
  return {
    root,
    get damaged() {
      return memory.damagedSeen + packs.damaged;
    },
    read: async (kind, key) => {
      const at = address(kind, key);
      const packed = readPacked(at, known, "now");
      return packed?.status === "hit" ? packed : settle(at, packed, await readEntry(at, memory), memory);
    },
    readSync: (kind, key, asOf = "now") => {
      const at = address(kind, key);
      const packed = readPacked(at, known, asOf);
      return packed?.status === "hit" ? packed : settle(at, packed, readEntrySync(at, memory), memory);
    },
    write: async (kind, key, bytes) => {
      const at = address(kind, key);
      return isKept(at, known) ? ok("present") : writeEntry(at, bytes, memory);
    },
    writeSync: (kind, key, bytes) => {
      const at = address(kind, key);
      return isKept(at, known) ? ok("present") : writeEntrySync(at, bytes, memory);
    },
    sealAbsent: (contents, sealer) => {
      for (const content of contents) {
        const at = address(content.kind, content.key);
        if (isKept(at, known)) continue;
        sealer.add(content, memory.damaged.has(at.path));
        rememberPresent(memory, at.path);
      }
    },
    batch: () => openBatch(root, { packs, pathOf }),
    close: () => packs.close(),
  };
}

interface Known {
  readonly memory: StoreMemory;
  readonly packs: Packs;
}

/** Whether an entry stands in a pack, or was seen whole in a file of its own. */
function isKept({ kind, key, path }: EntryAddress, { memory, packs }: Known): boolean {
  if (memory.present.has(path)) return true;
  if (memory.damaged.has(path) || !packs.has(kind, key)) return false;
  rememberPresent(memory, path);
  return true;
}

function readPacked(
  { kind, key, path }: EntryAddress,
  { memory, packs }: Known,
  asOf: Freshness,
): StoreRead | undefined {
  const opened = packs.read(kind, key, asOf);
  if (opened === undefined) return undefined;
  if (!opened.ok) return { status: "corrupt", problem: opened.problem };
  rememberPresent(memory, path);
  return { status: "hit", bytes: opened.payload };
}

/** A file of its own repairs what a pack has damaged. */
function settle(
  { path }: EntryAddress,
  packed: StoreRead | undefined,
  alone: StoreRead,
  memory: StoreMemory,
): StoreRead {
  if (packed === undefined || alone.status !== "miss") return alone;
  rememberDamaged(memory, path);
  return packed;
}
