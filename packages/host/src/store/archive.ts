import type { FileHandle } from "node:fs/promises";
import { sha256 } from "@imagegate/core";
import { openEnvelope, readHeader, sealEnvelope } from "./envelope.ts";
import { isStoreKey, MAX_ENTRY_BYTES, STORE_KINDS, type StoreKind } from "./path.ts";

/**
 * A file of entries: the line below, the entries by kind and key, and a line that counts them. Before each entry, which
 * stands as in a store, goes a line with its digest: in a store its place vouches for its key, and here nothing would.
 * No clock, no host, no path is in it, so equal stores give equal files.
 */
export const ARCHIVE_HEADER = "imagegate-archive 1\n";

const ENTRY_MAGIC = "imagegate-entry ";
const ENTRY = /^imagegate-entry sha256:([0-9a-f]{64}) (\d{1,15})\n/;
const END_MAGIC = "imagegate-archive end ";
const END = /^imagegate-archive end (\d{1,15})\n$/;
const MAX_LINE_BYTES = 128;
const SCAN_BYTES = 65_536;

/** The bytes of an entry in an archive. */
export function formatArchiveEntry({ kind, key, payload }: ArchivedEntry): Uint8Array {
  const envelope = sealEnvelope(kind, key, payload);
  return Buffer.concat([
    Buffer.from(`${ENTRY_MAGIC}sha256:${sha256(envelope)} ${envelope.length}\n`),
    envelope,
  ]);
}

/** The last line of an archive. */
export function formatArchiveEnd(entries: number): string {
  return `${END_MAGIC}${entries}\n`;
}

/** What stands in an archive, in its order. */
export type ArchivePiece =
  | { readonly kind: "entry"; readonly entry: ArchivedEntry }
  /** Bytes that are no whole entry, up to the next one. */
  | { readonly kind: "damaged" }
  /** The count that the archive was closed with: the last piece, unless the file is cut off. */
  | { readonly kind: "end"; readonly entries: number };

/** A verified entry. */
export interface ArchivedEntry {
  readonly kind: StoreKind;
  readonly key: string;
  readonly payload: Uint8Array;
}

/** Reads an archive of a known size, whose header was seen, one entry at a time; goes on after damage. */
export async function* readArchive(file: FileHandle, sizeBytes: number): AsyncGenerator<ArchivePiece> {
  let offset = ARCHIVE_HEADER.length;
  while (offset < sizeBytes) {
    const head = await readAt(file, offset, Math.min(MAX_LINE_BYTES, sizeBytes - offset));
    const end = END.exec(head.toString("latin1"));
    if (end !== null) {
      yield { kind: "end", entries: Number(end[1]) };
      return;
    }
    const found = await readEntryAt(file, { offset, head, sizeBytes });
    if (found === undefined) {
      yield { kind: "damaged" };
      offset = await findNext(file, offset + 1, sizeBytes);
    } else {
      yield { kind: "entry", entry: found.entry };
      offset = found.end;
    }
  }
}

async function readEntryAt(
  file: FileHandle,
  { offset, head, sizeBytes }: { readonly offset: number; readonly head: Buffer; readonly sizeBytes: number },
): Promise<{ readonly entry: ArchivedEntry; readonly end: number } | undefined> {
  const [line, digest, length] = ENTRY.exec(head.toString("latin1")) ?? [];
  if (line === undefined) return undefined;
  const start = offset + line.length;
  // A length that damage made up must not ask for all memory.
  if (Number(length) > Math.min(sizeBytes - start, MAX_ENTRY_BYTES)) return undefined;
  const envelope = await readAt(file, start, Number(length));
  const entry = sha256(envelope) === digest ? openEntry(envelope) : undefined;
  return entry === undefined ? undefined : { entry, end: start + envelope.length };
}

/** An entry by what it says of itself, once nothing of that can be damage. */
function openEntry(envelope: Uint8Array): ArchivedEntry | undefined {
  const header = readHeader(envelope);
  const kind = STORE_KINDS.find((candidate) => candidate === header?.kind);
  if (header === undefined || kind === undefined || !isStoreKey(header.key)) return undefined;
  const { key } = header;
  const opened = openEnvelope(kind, key, envelope);
  return opened.ok ? { kind, key, payload: opened.payload } : undefined;
}

/** Where the next entry or the end may begin; the file's size when nothing more comes. */
async function findNext(file: FileHandle, from: number, sizeBytes: number): Promise<number> {
  const overlap = Math.max(ENTRY_MAGIC.length, END_MAGIC.length) - 1;
  for (let offset = from; offset < sizeBytes; offset += SCAN_BYTES) {
    const chunk = await readAt(file, offset, Math.min(SCAN_BYTES + overlap, sizeBytes - offset));
    const found = [chunk.indexOf(ENTRY_MAGIC), chunk.indexOf(END_MAGIC)].filter((at) => at >= 0);
    if (found.length > 0) return offset + Math.min(...found);
  }
  return sizeBytes;
}

/** Bytes of a file; fewer when it ends before. */
async function readAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
