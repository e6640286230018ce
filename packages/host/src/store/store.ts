import { ok, type Result } from "@imagegate/core";
import { openBatch, type SealedEntries, type SealedEntry, type StoreBatch } from "./batch.ts";
import { sealEnvelope } from "./envelope.ts";
import { createMemory, rememberDamaged, rememberPresent, type StoreMemory } from "./memory.ts";
import { Packs } from "./packs.ts";
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
  /** Seals those entries that no read or earlier call found, for a batch, and takes them for kept from then on. */
  sealAbsent(contents: readonly EntryContent[]): SealedEntries;
  /** A new batch: one thread writes what many have sealed. */
  batch(): StoreBatch;
  /** Closes the files of packs; a later question opens them again. */
  close(): void;
}

/** An entry's content and where it belongs. */
export interface EntryContent {
  readonly kind: StoreKind;
  readonly key: string;
  readonly payload: Uint8Array;
}

/**
 * Opens a store without touching the disk.
 * Each opened store remembers what it saw whole: open one a run (and a thread), after any pruning.
 */
export function openStore({ root }: { readonly root: string }): Store {
  const memory = createMemory();
  const packs = new Packs(root);
  const address = (kind: StoreKind, key: string): EntryAddress => ({
    kind,
    key,
    path: entryPath(root, kind, key),
  });
  const known = { memory, packs };
  return {
    root,
    get damaged() {
      return memory.damagedSeen + packs.damaged;
    },
    read: async (kind, key) => {
      const at = address(kind, key);
      const packed = readPacked(at, known);
      return packed?.status === "hit" ? packed : settle(at, packed, await readEntry(at, memory), memory);
    },
    readSync: (kind, key) => {
      const at = address(kind, key);
      const packed = readPacked(at, known);
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
    sealAbsent: (contents) => {
      const located = contents.map((content) => ({ content, at: address(content.kind, content.key) }));
      const absent = located.filter(({ at }) => !isKept(at, known));
      const sealed = absent.map(({ content, at }) => seal(content, memory.damaged.has(at.path)));
      for (const { at } of absent) rememberPresent(memory, at.path);
      return joinSealed(sealed);
    },
    batch: () => openBatch(root, { packs, pathOf: (kind, key) => entryPath(root, kind, key) }),
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

function readPacked({ kind, key, path }: EntryAddress, { memory, packs }: Known): StoreRead | undefined {
  const opened = packs.read(kind, key);
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

type Sealed = Omit<SealedEntry, "sizeBytes"> & { readonly envelope: Uint8Array };

function seal({ kind, key, payload }: EntryContent, replaces: boolean): Sealed {
  return { kind, key, replaces, envelope: sealEnvelope(kind, key, payload) };
}

function joinSealed(sealed: readonly Sealed[]): SealedEntries {
  const sizeBytes = sealed.reduce((sum, { envelope }) => sum + envelope.length, 0);
  // Not from a pool: a clone of a part would take the whole of that along.
  const bytes = new Uint8Array(sizeBytes);
  let position = 0;
  const entries = sealed.map(({ envelope, ...entry }) => {
    bytes.set(envelope, position);
    position += envelope.length;
    return { ...entry, sizeBytes: envelope.length };
  });
  return { entries, bytes };
}
