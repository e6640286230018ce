import { rm } from "node:fs/promises";
import type { Result } from "@imagegate/core";
import type { EnvelopeProblem } from "./envelope.ts";
import { listing } from "./info.ts";
import { listFolders, type StoreEntry, type StoreReadFailure } from "./list.ts";
import { createMemory } from "./memory.ts";
import { readEntry } from "./read.ts";

/** An entry that a run would not use, and whether it was removed. */
export interface CorruptEntry extends StoreEntry {
  /** `unreadable` stands for an entry that is no file, has no permission for us, or is beyond all bounds. */
  readonly problem: EnvelopeProblem | "unreadable";
  readonly removed: boolean;
}

/** What a verification saw. */
export interface StoreVerification {
  readonly checked: number;
  readonly corrupt: readonly CorruptEntry[];
}

/** Whether `verifyStore` removes what it finds corrupt. */
export interface VerifyOptions {
  readonly removeCorrupt?: boolean;
}

/** Reads every entry and verifies it; entries that vanish meanwhile are not counted. */
export async function verifyStore(
  root: string,
  options: VerifyOptions = {},
): Promise<Result<StoreVerification, StoreReadFailure>> {
  return listing(async () => {
    let checked = 0;
    const corrupt: CorruptEntry[] = [];
    for await (const { entries } of listFolders(root)) {
      for (const entry of entries) {
        const problem = await checkEntry(entry);
        if (problem === "vanished") continue;
        checked += 1;
        if (problem === undefined) continue;
        const removed = options.removeCorrupt === true && (await remove(entry.path));
        corrupt.push({ ...entry, problem, removed });
      }
    }
    return { checked, corrupt };
  });
}

async function checkEntry(entry: StoreEntry): Promise<CorruptEntry["problem"] | "vanished" | undefined> {
  const memory = createMemory();
  const read = await readEntry(entry, memory);
  if (read.status === "hit") return undefined;
  if (read.status === "corrupt") return read.problem;
  return memory.damaged.has(entry.path) ? "unreadable" : "vanished";
}

async function remove(path: string): Promise<boolean> {
  try {
    await rm(path, { force: true });
    return true;
  } catch {
    return false;
  }
}
