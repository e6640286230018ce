import { rename, rm, writeFile } from "node:fs/promises";
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
    await writeFile(temporary, Buffer.concat(bytes), { flag: "wx", mode: FILE_MODE });
    await rename(temporary, path);
    return ok(undefined);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    return storeWriteFailed(path, error);
  }
}
