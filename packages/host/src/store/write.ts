import { closeSync, openSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import { errorCode } from "../files/error-code.ts";
import { makeFolder, makeFolderSync } from "../files/folder.ts";
import { temporaryPath } from "../files/temporary.ts";
import { BlobKeyError, envelopeSize, sealEnvelope } from "./envelope.ts";
import { rememberPresent, type StoreMemory } from "./memory.ts";
import type { StoreKind } from "./path.ts";

/** Where an entry stands. */
export interface EntryAddress {
  readonly kind: StoreKind;
  readonly key: string;
  readonly path: string;
}

/** Whether a write changed the store. */
export type StoreWrite = "written" | "present";

/** Why an entry was not kept: worth one counted warning, never more, since losing an entry changes no verdict. */
export interface StoreWriteFailure {
  readonly reason: "store-write-failed";
  readonly path: string;
  /** The system's code: `EACCES`, `EROFS`, `ENOSPC`, `ENOTDIR`, … */
  readonly code: string;
  readonly cause: unknown;
}

/** Of all files and folders of a store. */
export const FILE_MODE = 0o600;
export const FOLDER_MODE = 0o700;

/** Keeps one entry unless a whole-looking one (a file of the same size) is there. */
export async function writeEntry(
  address: EntryAddress,
  payload: Uint8Array,
  memory: StoreMemory,
): Promise<Result<StoreWrite, StoreWriteFailure>> {
  const { path } = address;
  if (memory.present.has(path)) return ok("present");
  try {
    if (!memory.damaged.has(path)) {
      const found = await stat(path).catch(absent);
      if (found && looksWhole(address, payload, found)) return remember(memory, path, "present");
    }
    await replace(path, sealEnvelope(address.kind, address.key, payload));
    return remember(memory, path, "written");
  } catch (error) {
    return failed(path, error);
  }
}

/** `writeEntry` for a thread that has nothing else to do. */
export function writeEntrySync(
  address: EntryAddress,
  payload: Uint8Array,
  memory: StoreMemory,
): Result<StoreWrite, StoreWriteFailure> {
  const { path } = address;
  if (memory.present.has(path)) return ok("present");
  try {
    if (!memory.damaged.has(path)) {
      const found = statSync(path, { throwIfNoEntry: false });
      if (found && looksWhole(address, payload, found)) return remember(memory, path, "present");
    }
    replaceSync(path, sealEnvelope(address.kind, address.key, payload));
    return remember(memory, path, "written");
  } catch (error) {
    return failed(path, error);
  }
}

/** Writes an entry that was sealed before, unless one of its size stands there that it is not to replace. */
export async function writeSealed(
  path: string,
  { envelope, replaces }: { readonly envelope: Uint8Array; readonly replaces: boolean },
): Promise<Result<StoreWrite, StoreWriteFailure>> {
  try {
    const found = replaces ? undefined : await stat(path).catch(absent);
    if (found?.isFile() && found.size === envelope.length) return ok("present");
    await replace(path, envelope);
    return ok("written");
  } catch (error) {
    return storeWriteFailed(path, error);
  }
}

// No fsync: an entry that a power cut leaves half on disk is found out by the next read.
async function replace(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = temporaryPath(path);
  try {
    const file = await openNew(temporary);
    try {
      await file.writeFile(bytes);
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function openNew(temporary: string) {
  try {
    return await open(temporary, "wx", FILE_MODE);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
    await makeFolder(dirname(temporary), FOLDER_MODE);
    return await open(temporary, "wx", FILE_MODE);
  }
}

function replaceSync(path: string, bytes: Uint8Array): void {
  const temporary = temporaryPath(path);
  try {
    const file = openNewSync(temporary);
    try {
      writeFileSync(file, bytes);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    removeSync(temporary);
    throw error;
  }
}

function openNewSync(temporary: string): number {
  try {
    return openSync(temporary, "wx", FILE_MODE);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
    makeFolderSync(dirname(temporary), FOLDER_MODE);
    return openSync(temporary, "wx", FILE_MODE);
  }
}

function removeSync(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // What could not be written can rarely be removed; the failure that counts is the first.
  }
}

function looksWhole(
  { kind, key }: EntryAddress,
  payload: Uint8Array,
  found: { isFile(): boolean; size: number },
): boolean {
  return found.isFile() && found.size === envelopeSize(kind, key, payload.length);
}

function absent(error: unknown): undefined {
  if (errorCode(error) === "ENOENT") return undefined;
  throw error;
}

function remember(memory: StoreMemory, path: string, outcome: StoreWrite): Result<StoreWrite, never> {
  rememberPresent(memory, path);
  return ok(outcome);
}

function failed(path: string, error: unknown): Result<never, StoreWriteFailure> {
  if (error instanceof BlobKeyError) throw error;
  return storeWriteFailed(path, error);
}

/** What the system refused. */
export function storeWriteFailed(path: string, error: unknown): Result<never, StoreWriteFailure> {
  return fail({ reason: "store-write-failed", path, code: errorCode(error), cause: error });
}
