import { statSync } from "node:fs";
import type { Result } from "@imagegate/core";
import { readFileBounded, readFileBoundedSync, type ReadFailure } from "../files/bounded.ts";
import { openEnvelope, type EnvelopeProblem } from "./envelope.ts";
import { rememberDamaged, rememberPresent, type StoreMemory } from "./memory.ts";
import { MAX_ENTRY_BYTES } from "./path.ts";
import type { EntryAddress } from "./write.ts";

/** What a read found; `corrupt` is a miss that is worth a word, and the next write of its key replaces the entry. */
export type StoreRead =
  | { readonly status: "hit"; readonly bytes: Uint8Array }
  | { readonly status: "miss" }
  | { readonly status: "corrupt"; readonly problem: EnvelopeProblem };

/** Reads one entry and verifies it; trouble of any kind is a miss. */
export async function readEntry(address: EntryAddress, memory: StoreMemory): Promise<StoreRead> {
  return settleRead(address, memory, await readFileBounded(address.path, MAX_ENTRY_BYTES));
}

/** `readEntry` for a thread that has nothing else to do. */
export function readEntrySync(address: EntryAddress, memory: StoreMemory): StoreRead {
  // Most misses are in first runs, and an error costs as much as a manifest's ids.
  if (!memory.present.has(address.path) && isAbsent(address.path)) return { status: "miss" };
  return settleRead(address, memory, readFileBoundedSync(address.path, MAX_ENTRY_BYTES));
}

/** Only that nothing is there: whatever else is wrong is for a read to tell. */
function isAbsent(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}

function settleRead(
  { kind, key, path }: EntryAddress,
  memory: StoreMemory,
  read: Result<Uint8Array, ReadFailure>,
): StoreRead {
  if (!read.ok) {
    if (read.failure.reason === "missing") memory.present.delete(path);
    else rememberDamaged(memory, path);
    return { status: "miss" };
  }
  const opened = openEnvelope(kind, key, read.value);
  if (!opened.ok) {
    rememberDamaged(memory, path);
    return { status: "corrupt", problem: opened.problem };
  }
  rememberPresent(memory, path);
  return { status: "hit", bytes: opened.payload };
}
