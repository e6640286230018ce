import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { fail, ok, type Result } from "@imagegate/core";
import type { ReadFailure } from "../files/bounded.ts";
import { errorCode } from "../files/error-code.ts";
import type { BatchFailures } from "./batch.ts";
import { ARCHIVE_HEADER, readArchive, type ArchivedEntry, type ArchivePiece } from "./archive.ts";
import type { StoreKind } from "./path.ts";
import { Sealer } from "./sealed.ts";
import { openStore, type Store } from "./store.ts";

/** Which kinds to take over; entries of others are skipped. */
export interface ImportOptions {
  readonly kinds: readonly StoreKind[];
}

/** What became of the entries of an archive. */
export interface ImportReport {
  readonly imported: number;
  /** Whole ones that were there already; they are never replaced. */
  readonly present: number;
  readonly skipped: number;
  /** Places in the file that are no whole entry. */
  readonly damaged: number;
  /** How many entries the archive was closed with; null when its end is missing. */
  readonly announced: number | null;
  /** Entries that the store could not keep, and the first reason. */
  readonly failed: BatchFailures | null;
}

/** Why nothing was imported. */
export type ImportFailure =
  | Exclude<ReadFailure, { readonly reason: "too-large" }>
  | { readonly reason: "archive-foreign"; readonly path: string };

/** Takes the entries of an archive into a store: each one is verified, and a damaged one does not stop the others. */
export async function importStore(
  root: string,
  path: string,
  { kinds }: ImportOptions,
): Promise<Result<ImportReport, ImportFailure>> {
  let file: FileHandle | undefined;
  try {
    // A named pipe would block, and cannot be read from the middle.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = await file.stat();
    if (!stats.isFile()) return fail({ reason: "not-a-file", path });
    const head = Buffer.alloc(ARCHIVE_HEADER.length);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    if (head.toString("latin1", 0, bytesRead) !== ARCHIVE_HEADER) {
      return fail({ reason: "archive-foreign", path });
    }
    return ok(await takeOver(readArchive(file, stats.size), openStore({ root }), kinds));
  } catch (cause) {
    const code = errorCode(cause);
    return fail(
      code === "ENOENT" ? { reason: "missing", path } : { reason: "unreadable", path, code, cause },
    );
  } finally {
    await file?.close();
  }
}

async function takeOver(
  pieces: AsyncIterable<ArchivePiece>,
  store: Store,
  kinds: readonly StoreKind[],
): Promise<ImportReport> {
  const counts = { present: 0, skipped: 0, damaged: 0 };
  let announced: number | null = null;
  let absent = 0;
  const batch = store.batch();
  const sealer = new Sealer();
  for await (const piece of pieces) {
    if (piece.kind === "damaged") counts.damaged += 1;
    else if (piece.kind === "end") announced = piece.entries;
    else if (!kinds.includes(piece.entry.kind)) counts.skipped += 1;
    else if (await stands(store, piece.entry)) counts.present += 1;
    else {
      store.sealAbsent([piece.entry], sealer);
      const sealed = sealer.take();
      // None where the archive has it twice.
      if (sealed.entries.length === 0) counts.present += 1;
      else absent += 1;
      await batch.add(sealed);
    }
  }
  const failed = await batch.flush();
  store.close();
  return { ...counts, imported: absent - (failed?.count ?? 0), announced, failed };
}

/** The read verifies: what stands there damaged is replaced, what is whole stays. */
async function stands(store: Store, { kind, key }: ArchivedEntry): Promise<boolean> {
  return (await store.read(kind, key)).status === "hit";
}
