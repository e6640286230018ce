import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { fail, ok, type Result } from "@imagegate/core";
import { errorCode } from "./error-code.ts";

/** Why a file was not read. */
export type ReadFailure =
  | { readonly reason: "missing"; readonly path: string }
  | { readonly reason: "not-a-file"; readonly path: string }
  | {
      readonly reason: "too-large";
      readonly path: string;
      /** The size seen; a file that grew while it was read shows the first size beyond the limit. */
      readonly sizeBytes: number;
      readonly limitBytes: number;
    }
  | { readonly reason: "unreadable"; readonly path: string; readonly code: string; readonly cause: unknown };

/** What a reader keeps between two files. */
const KEPT_BYTES = 4 * 1024 * 1024;

// A named pipe would otherwise block in open() until somebody writes to it.
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NONBLOCK;

/** Reads a regular file (symbolic links are followed) of at most `maxBytes` bytes. */
export async function readFileBounded(
  path: string,
  maxBytes: number,
): Promise<Result<Uint8Array, ReadFailure>> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, OPEN_FLAGS);
    const stats = await file.stat();
    const refusal = refuse(path, stats, maxBytes);
    if (refusal) return fail(refusal);
    const content = new GrowingBuffer(stats.size, maxBytes);
    while (content.room() > 0) {
      const { bytesRead } = await file.read(content.buffer, content.length, content.room());
      if (bytesRead === 0) return ok(content.bytes());
      content.grow(bytesRead);
    }
    return fail({ reason: "too-large", path, sizeBytes: content.length, limitBytes: maxBytes });
  } catch (error) {
    return fail(readFailure(path, error));
  } finally {
    await file?.close();
  }
}

/** `readFileBounded` for a thread that has nothing else to do. */
export function readFileBoundedSync(path: string, maxBytes: number): Result<Uint8Array, ReadFailure> {
  return readSyncInto(path, maxBytes, (sizeBytes) => new GrowingBuffer(sizeBytes, maxBytes));
}

/**
 * `readFileBoundedSync` into memory that is used again, since new pages cost more than the bytes in them: what a call
 * returned is written over by the next one.
 */
export function openFileReader(): typeof readFileBoundedSync {
  let kept: Buffer | undefined;
  return (path, maxBytes) => {
    let content: GrowingBuffer | undefined;
    const read = readSyncInto(path, maxBytes, (sizeBytes) => {
      content = new GrowingBuffer(sizeBytes, maxBytes, kept);
      return content;
    });
    if (content !== undefined && content.buffer.length <= KEPT_BYTES) kept = content.buffer;
    return read;
  };
}

function readSyncInto(
  path: string,
  maxBytes: number,
  room: (sizeBytes: number) => GrowingBuffer,
): Result<Uint8Array, ReadFailure> {
  let file: number | undefined;
  try {
    file = openSync(path, OPEN_FLAGS);
    const stats = fstatSync(file);
    const refusal = refuse(path, stats, maxBytes);
    if (refusal) return fail(refusal);
    const content = room(stats.size);
    while (content.room() > 0) {
      const bytesRead = readSync(file, content.buffer, content.length, content.room(), null);
      if (bytesRead === 0) return ok(content.bytes());
      content.grow(bytesRead);
    }
    return fail({ reason: "too-large", path, sizeBytes: content.length, limitBytes: maxBytes });
  } catch (error) {
    return fail(readFailure(path, error));
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function refuse(path: string, stats: Stats, maxBytes: number): ReadFailure | undefined {
  if (!stats.isFile()) return { reason: "not-a-file", path };
  if (stats.size <= maxBytes) return undefined;
  return { reason: "too-large", path, sizeBytes: stats.size, limitBytes: maxBytes };
}

function readFailure(path: string, error: unknown): ReadFailure {
  const code = errorCode(error);
  if (code === "ENOENT") return { reason: "missing", path };
  return { reason: "unreadable", path, code, cause: error };
}

/** Room for the size that was announced and one byte more, so that growth shows; never beyond `maxBytes` + 1. */
class GrowingBuffer {
  buffer: Buffer;
  length = 0;
  readonly #limit: number;

  constructor(expectedBytes: number, maxBytes: number, kept?: Buffer) {
    this.#limit = maxBytes + 1;
    this.buffer =
      kept !== undefined && kept.length > expectedBytes ? kept : Buffer.allocUnsafeSlow(expectedBytes + 1);
  }

  room(): number {
    return Math.min(this.buffer.length, this.#limit) - this.length;
  }

  grow(bytesRead: number): void {
    this.length += bytesRead;
    if (this.room() > 0 || this.buffer.length >= this.#limit) return;
    const larger = Buffer.allocUnsafeSlow(Math.min(Math.max(this.buffer.length * 2, 65_536), this.#limit));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }

  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }
}
