import { open, rename, rm, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { ok, type Result } from "@imagegate/core";
import { makeFolder } from "../files/folder.ts";
import { temporaryPath } from "../files/temporary.ts";
import { formatPackEnd, formatPackIndex, PACK_HEADER, type IndexedEntry } from "./pack-index.ts";
import { packFolder, type StoreKind } from "./path.ts";
import { FILE_MODE, FOLDER_MODE, storeWriteFailed, type StoreWriteFailure } from "./write.ts";

/** A sealed entry for a pack. */
export interface PackedContent {
  readonly kind: StoreKind;
  readonly key: string;
  readonly envelope: Uint8Array;
}

/** Writes entries as one new pack: all of it becomes visible, or nothing. */
export async function writePack(
  root: string,
  entries: readonly PackedContent[],
): Promise<Result<void, StoreWriteFailure>> {
  const indexed: IndexedEntry[] = [];
  let start = PACK_HEADER.length;
  for (const { kind, key, envelope } of entries) {
    indexed.push({ kind, key, offset: start, sizeBytes: envelope.length });
    start += envelope.length;
  }
  const { text, digest, nameWidth } = formatPackIndex(indexed);
  const path = join(packFolder(root), digest);
  const temporary = temporaryPath(path);
  const end = formatPackEnd({ start, lines: indexed.length, nameWidth });
  const bytes = [
    Buffer.from(PACK_HEADER),
    ...entries.map(({ envelope }) => envelope),
    Buffer.from(text + end),
  ];
  try {
    await makeFolder(packFolder(root), FOLDER_MODE);
    const file = await open(temporary, "wx", FILE_MODE);
    try {
      await writeAll(file, bytes);
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    return ok(undefined);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    return storeWriteFailed(path, error);
  }
}

/** As many pieces as Linux takes in one call (`IOV_MAX`). */
const PIECES = 1024;

/** Writes pieces one behind the other, without joining them. */
async function writeAll(file: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  for (let at = 0; at < pieces.length; at += PIECES) {
    const some = pieces.slice(at, at + PIECES);
    const sizeBytes = some.reduce((sum, piece) => sum + piece.length, 0);
    const { bytesWritten } = await file.writev(some);
    // A disk that is nearly full takes a part; what it says of the rest is the reason.
    if (bytesWritten < sizeBytes) await file.writeFile(Buffer.concat(some).subarray(bytesWritten));
  }
}
