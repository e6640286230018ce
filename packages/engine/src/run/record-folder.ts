import { readdir } from "node:fs/promises";
import { join } from "node:path";
import {
  fail,
  ok,
  parseRecord,
  recordFileName,
  recordedManifestName,
  type ManifestRecord,
  type Result,
} from "@imagegate/core";
import { isTemporaryName, readFileBoundedSync } from "@imagegate/host";
import { recordKindOf, type Project } from "../config/project.ts";
import type { RunFailure } from "../failure.ts";
import type { UnreadableRecord } from "../report.ts";

const MAX_RECORD_BYTES = 1024 * 1024;

/** What stands in a family's record folder; all sorted. */
export interface RecordFolder {
  /** Names of manifests that have a record. */
  readonly names: readonly string[];
  /** Entries that are no records: other extensions, folders. */
  readonly strangers: readonly string[];
  /** What interrupted writes left behind. */
  readonly temporaries: readonly string[];
}

/** Lists a record folder; one that does not exist is empty. */
export async function listRecords(project: Project): Promise<Result<RecordFolder, RunFailure>> {
  const { extension } = project.config.records;
  const entries = await listFolder(join(project.root, project.recordsFolder));
  if (!entries.ok) return fail({ ...entries.failure, folder: project.recordsFolder });
  const names: string[] = [];
  const strangers: string[] = [];
  const temporaries: string[] = [];
  for (const entry of entries.value) {
    const name = entry.isFile() ? recordedManifestName(entry.name, extension) : null;
    if (isTemporaryName(entry.name)) temporaries.push(entry.name);
    else if (name === null) strangers.push(entry.name);
    else names.push(name);
  }
  return ok({ names: names.sort(), strangers: strangers.sort(), temporaries });
}

/** The entries of a folder; none when it does not exist. */
export async function listFolder(folder: string) {
  try {
    return ok(await readdir(folder, { withFileTypes: true }));
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "unknown";
    if (code === "ENOENT") return ok([]);
    return fail({ reason: "records-unreadable" as const, folder, code, cause });
  }
}

/** The path of a manifest's record, relative to the workspace. */
export function recordPath(project: Project, name: string): string {
  return `${project.recordsFolder}/${recordFileName(name, project.config.records.extension)}`;
}

/** A record as it stands: its text and what it says; null when there is none. */
export type StandingRecord =
  | { readonly kind: "none" }
  | { readonly kind: "record"; readonly text: string; readonly record: ManifestRecord }
  | { readonly kind: "unreadable"; readonly failure: UnreadableRecord };

/** Reads a manifest's record; what cannot be read is an answer, since it is a difference. */
export function readRecord(project: Project, name: string): StandingRecord {
  // A few hundred bytes: four round trips through the thread pool would cost more than all else about a manifest.
  const bytes = readFileBoundedSync(join(project.root, recordPath(project, name)), MAX_RECORD_BYTES);
  if (!bytes.ok) {
    const { failure } = bytes;
    if (failure.reason === "missing") return { kind: "none" };
    const code = failure.reason === "unreadable" ? failure.code : failure.reason;
    return { kind: "unreadable", failure: { reason: "record-not-read", code } };
  }
  const record = parseRecord(bytes.value, recordKindOf(project));
  if (!record.ok) return { kind: "unreadable", failure: record.failure };
  return { kind: "record", text: Buffer.from(bytes.value).toString("utf8"), record: record.value };
}
