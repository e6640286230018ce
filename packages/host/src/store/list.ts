import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { isSha256 } from "@imagegate/core";
import { errorCode } from "../files/error-code.ts";
import { isTemporaryName } from "../files/temporary.ts";
import { openPackFile } from "./pack-file.ts";
import { entryName } from "./pack-index.ts";
import {
  isStoreKey,
  kindPath,
  LOOSE_KINDS,
  looseFolder,
  packFolder,
  STORE_KINDS,
  type LooseKind,
  type StoreKind,
} from "./path.ts";

const LOOSE_NAME = /^[0-9a-f]{64}(?:\.json)?$/;

/** An entry's file as it lies on disk, its content not yet looked at. */
export interface StoreEntry {
  readonly kind: StoreKind;
  readonly key: string;
  readonly path: string;
  readonly sizeBytes: number;
  /** When it was written: hits do not touch it. Milliseconds since 1970. */
  readonly writtenAtMs: number;
}

/** A file that an interrupted write left, or that a write still fills. */
export interface StoreTemporary {
  readonly path: string;
  readonly sizeBytes: number;
  readonly writtenAtMs: number;
}

/** Why a store could not be listed. A store that does not exist is an empty one, not a failure. */
export interface StoreReadFailure {
  readonly reason: "store-unreadable";
  readonly path: string;
  readonly code: string;
  readonly cause: unknown;
}

/** A pack as it lies on disk; its entries are null when it is damaged. */
export interface StorePack {
  /** What it is called: the digest of its index. */
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly writtenAtMs: number;
  readonly entries: readonly StoreEntry[] | null;
}

/** All packs, by name, and what interrupted writes left among them. */
export interface StorePacks {
  readonly packs: readonly StorePack[];
  readonly temporaries: readonly StoreTemporary[];
}

/** A file that is kept and is no entry. */
export interface StoreLooseFile extends StoreTemporary {
  readonly kind: LooseKind;
  readonly key: string;
}

/** Files that are kept beside the entries. */
export interface StoreLoose {
  readonly files: readonly StoreLooseFile[];
  readonly temporaries: readonly StoreTemporary[];
}

/** Everything of ours in a fan-out folder; files of other names are nobody's business here. */
export interface StoreFolder {
  readonly entries: readonly StoreEntry[];
  readonly temporaries: readonly StoreTemporary[];
}

/** Thrown by `listFolders` and turned into a `StoreReadFailure` by whoever lists. */
export class StoreListError extends Error {
  readonly failure: StoreReadFailure;

  constructor(path: string, cause: unknown) {
    super(`cannot list ${path}`, { cause });
    this.failure = { reason: "store-unreadable", path, code: errorCode(cause), cause };
  }
}

/** All fan-out folders, kinds in the order of `STORE_KINDS`, folders and files by name; files may vanish meanwhile. */
export async function* listFolders(root: string, prefix = ""): AsyncGenerator<StoreFolder> {
  for (const kind of STORE_KINDS) {
    const kindFolder = kindPath(root, kind);
    for (const fan of await list(kindFolder)) {
      if (!fan.isDirectory() || !/^[0-9a-f]{2}$/.test(fan.name)) continue;
      if (fan.name.startsWith(prefix.slice(0, 2)))
        yield readFolder(kind, join(kindFolder, fan.name), fan.name);
    }
  }
}

async function readFolder(kind: StoreKind, folder: string, fan: string): Promise<StoreFolder> {
  const entries: StoreEntry[] = [];
  const temporaries: StoreTemporary[] = [];
  for (const { name } of await list(folder)) {
    const isEntry = isStoreKey(name) && name.startsWith(fan);
    if (!isEntry && !isTemporaryName(name)) continue;
    const file = await measure(join(folder, name));
    if (file === undefined) continue;
    if (isEntry) entries.push({ kind, key: name, ...file });
    else temporaries.push(file);
  }
  return { entries, temporaries };
}

/** All packs of a store; they may vanish meanwhile. */
export async function listPacks(root: string): Promise<StorePacks> {
  const packs: StorePack[] = [];
  const temporaries: StoreTemporary[] = [];
  for (const { name } of await list(packFolder(root))) {
    if (!isSha256(name) && !isTemporaryName(name)) continue;
    const file = await measure(join(packFolder(root), name));
    if (file === undefined) continue;
    if (isSha256(name)) packs.push({ name, ...file, entries: entriesOf(file) });
    else temporaries.push(file);
  }
  return { packs, temporaries };
}

function entriesOf({ path, writtenAtMs }: StoreTemporary): readonly StoreEntry[] | null {
  const pack = openPackFile(path);
  if (pack === "damaged") return null;
  if (pack === "gone") return [];
  try {
    return Array.from(pack.index.entries(), ({ kind, key, sizeBytes }) => ({
      kind,
      key,
      path,
      sizeBytes,
      writtenAtMs,
    }));
  } finally {
    pack.close();
  }
}

/** Kept files that are no entries (artifacts, verdicts on pins), and what interrupted writes left among them. */
export async function listLoose(root: string): Promise<StoreLoose> {
  const files: StoreLooseFile[] = [];
  const temporaries: StoreTemporary[] = [];
  for (const kind of LOOSE_KINDS) {
    const folder = looseFolder(root, kind);
    const found = await list(folder);
    const fans = found.filter((each) => each.isDirectory()).map(({ name }) => join(folder, name));
    for (const place of [folder, ...fans]) {
      for (const { name } of place === folder ? found : await list(place)) {
        if (!LOOSE_NAME.test(name) && !isTemporaryName(name)) continue;
        const file = await measure(join(place, name));
        if (file === undefined) continue;
        if (isTemporaryName(name)) temporaries.push(file);
        else files.push({ kind, key: name.slice(0, 64), ...file });
      }
    }
  }
  return { files, temporaries };
}

/** All entries of a store, those of packs among them, each once: by kind and key, a file of its own before a pack. */
export async function listEntries(root: string, prefix = ""): Promise<readonly StoreEntry[]> {
  const found = new Map<string, StoreEntry>();
  const add = (entry: StoreEntry): void => {
    const name = entryName(entry.kind, entry.key);
    if (entry.key.startsWith(prefix) && !found.has(name)) found.set(name, entry);
  };
  for await (const { entries } of listFolders(root, prefix)) entries.forEach(add);
  for (const { entries } of (await listPacks(root)).packs) entries?.forEach(add);
  return [...found.values()].toSorted(byKindAndKey);
}

/** The order of listings and archives. */
export function byKindAndKey(
  a: Pick<StoreEntry, "kind" | "key">,
  b: Pick<StoreEntry, "kind" | "key">,
): number {
  return STORE_KINDS.indexOf(a.kind) - STORE_KINDS.indexOf(b.kind) || (a.key < b.key ? -1 : 1);
}

async function list(path: string): Promise<Dirent[]> {
  try {
    const found = await readdir(path, { withFileTypes: true });
    return found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw new StoreListError(path, error);
  }
}

async function measure(path: string): Promise<StoreTemporary | undefined> {
  try {
    const found = await stat(path);
    return { path, sizeBytes: found.size, writtenAtMs: found.mtimeMs };
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw new StoreListError(path, error);
  }
}
