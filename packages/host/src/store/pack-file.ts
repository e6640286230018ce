import { closeSync, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { basename } from "node:path";
import { sha256 } from "@imagegate/core";
import { errorCode } from "../files/error-code.ts";
import { PACK_END_BYTES, PACK_HEADER, PackIndex, parsePackEnd, type PackedPlace } from "./pack-index.ts";

/** What a pack may hold: a larger file is damaged. */
const MAX_PACK_BYTES = 2 ** 40;
const MAX_INDEX_BYTES = 2 ** 30;

/** An open pack whose index was verified; its entries are verified as they are read. */
export interface PackFile {
  readonly index: PackIndex;
  /** The bytes that the index says are an entry's: fewer when the file was cut since. */
  read(place: PackedPlace): Uint8Array;
  close(): void;
}

/** Opens a pack: `gone` when there is none any more, `damaged` when it is not one, not whole, or not for us. */
export function openPackFile(path: string): PackFile | "gone" | "damaged" {
  let file: number | undefined;
  let index: PackIndex | undefined;
  try {
    file = openSync(path, "r");
    index = readIndex(file, path, fstatSync(file));
  } catch (error) {
    if (file === undefined && errorCode(error) === "ENOENT") return "gone";
  }
  if (file !== undefined && index !== undefined) return packOf(file, index);
  if (file !== undefined) closeSync(file);
  return "damaged";
}

function packOf(file: number, index: PackIndex): PackFile {
  return {
    index,
    read: ({ offset, sizeBytes }) => readAt(file, offset, sizeBytes),
    close: () => closeSync(file),
  };
}

function readIndex(file: number, path: string, stats: Stats): PackIndex | undefined {
  const { size } = stats;
  if (!stats.isFile() || size < PACK_HEADER.length + PACK_END_BYTES || size > MAX_PACK_BYTES)
    return undefined;
  if (readAt(file, 0, PACK_HEADER.length).toString("latin1") !== PACK_HEADER) return undefined;
  const last = readAt(file, size - PACK_END_BYTES, PACK_END_BYTES).toString("latin1");
  const end = parsePackEnd(last, size);
  const indexBytes = end === undefined ? 0 : size - PACK_END_BYTES - end.start;
  if (end === undefined || indexBytes > MAX_INDEX_BYTES) return undefined;
  const bytes = readAt(file, end.start, indexBytes);
  return sha256(bytes) === basename(path) ? new PackIndex(bytes, end) : undefined;
}

function readAt(file: number, offset: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(file, buffer, filled, length - filled, offset + filled);
    if (count === 0) break;
    filled += count;
  }
  return buffer.subarray(0, filled);
}
