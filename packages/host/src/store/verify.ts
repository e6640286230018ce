import { stat } from "node:fs/promises";
import type { Result } from "@imagegate/core";
import { artifactPath, verifyArtifact } from "./artifact.ts";
import { openEnvelope, type EnvelopeProblem } from "./envelope.ts";
import { listing } from "./info.ts";
import {
  listFolders,
  listLoose,
  listPacks,
  type StoreEntry,
  type StoreLooseFile,
  type StorePack,
  type StoreReadFailure,
} from "./list.ts";
import { createMemory } from "./memory.ts";
import { openPackFile } from "./pack-file.ts";
import { writePack, type PackedContent } from "./pack-write.ts";
import type { StoreKind } from "./path.ts";
import { readEntry } from "./read.ts";
import { removeStored } from "./remove.ts";

/** An entry, a kept artifact or a whole pack that a run would not use, and whether it was removed. */
export interface CorruptEntry extends Omit<StoreEntry, "kind"> {
  readonly kind: StoreKind | "artifact" | "pack";
  /** `unreadable` stands for a file that is none, has no permission for us, is beyond all bounds, or has no index. */
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

/** Reads every entry and every kept artifact and verifies it; those that vanish meanwhile are not counted. */
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
        const removed = options.removeCorrupt === true && (await removeStored(entry.path));
        corrupt.push({ ...entry, problem, removed });
      }
    }
    for (const pack of (await listPacks(root)).packs) {
      const found = checkPack(pack);
      checked += found.checked;
      if (found.corrupt.length === 0) continue;
      const removed = options.removeCorrupt === true && (await salvage(root, pack, found.whole));
      corrupt.push(...found.corrupt.map((entry) => ({ ...entry, removed })));
    }
    for (const file of (await listLoose(root)).files) {
      if (file.kind !== "artifact") continue;
      const problem = await checkArtifact(root, file);
      if (problem === "vanished") continue;
      checked += 1;
      if (problem === undefined) continue;
      const removed = options.removeCorrupt === true && (await removeStored(file.path));
      corrupt.push({ ...file, kind: file.kind, problem, removed });
    }
    return { checked, corrupt };
  });
}

interface CheckedPack {
  readonly checked: number;
  readonly whole: readonly PackedContent[];
  readonly corrupt: readonly Omit<CorruptEntry, "removed">[];
}

function checkPack({ name, path, sizeBytes, writtenAtMs }: StorePack): CheckedPack {
  const pack = openPackFile(path);
  if (pack === "gone") return { checked: 0, whole: [], corrupt: [] };
  if (pack === "damaged") {
    const corrupt = { kind: "pack", key: name, path, sizeBytes, writtenAtMs, problem: "unreadable" } as const;
    return { checked: 1, whole: [], corrupt: [corrupt] };
  }
  const whole: PackedContent[] = [];
  const corrupt: Omit<CorruptEntry, "removed">[] = [];
  try {
    for (const { kind, key, ...place } of pack.index.entries()) {
      const envelope = pack.read(place);
      const opened = openEnvelope(kind, key, envelope);
      if (opened.ok) whole.push({ kind, key, envelope });
      else
        corrupt.push({ kind, key, path, sizeBytes: place.sizeBytes, writtenAtMs, problem: opened.problem });
    }
  } finally {
    pack.close();
  }
  return { checked: whole.length + corrupt.length, whole, corrupt };
}

/** What is whole goes to a pack of its own before the damaged one is removed. */
async function salvage(root: string, { path }: StorePack, whole: readonly PackedContent[]): Promise<boolean> {
  if (whole.length > 0 && !(await writePack(root, whole)).ok) return false;
  return removeStored(path);
}

async function checkEntry(entry: StoreEntry): Promise<CorruptEntry["problem"] | "vanished" | undefined> {
  const memory = createMemory();
  const read = await readEntry(entry, memory);
  if (read.status === "hit") return undefined;
  if (read.status === "corrupt") return read.problem;
  return memory.damaged.has(entry.path) ? "unreadable" : "vanished";
}

async function checkArtifact(
  root: string,
  { key, path }: StoreLooseFile,
): Promise<CorruptEntry["problem"] | "vanished" | undefined> {
  if (path !== artifactPath(root, key)) return "address";
  const { status } = await verifyArtifact(root, key);
  if (status === "hit") return undefined;
  if (status === "corrupt") return "digest";
  return stat(path).then(
    () => "unreadable",
    () => "vanished",
  );
}
