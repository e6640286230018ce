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

/** The text of a record, not looked into yet. */
type StandingText =
  | Exclude<StandingRecord, { readonly kind: "record" }>
  | { readonly kind: "text"; readonly bytes: Uint8Array };

/** Reads a manifest's record; what cannot be read is an answer, since it is a difference. */
export function readRecord(project: Project, name: string): StandingRecord {
  return parseStanding(project, readRecordText(project, name));
}

/**
 * Reads a manifest's record unless it stands as it should, to the byte, as most do: what we write we can read, so it
 * need not be parsed.
 */
export function readRecordUnless(
  project: Project,
  name: string,
  expected: string,
): StandingRecord | { readonly kind: "expected" } {
  const standing = readRecordText(project, name);
  const isExpected = standing.kind === "text" && Buffer.from(expected).equals(standing.bytes);
  return isExpected ? { kind: "expected" } : parseStanding(project, standing);
}

function readRecordText(project: Project, name: string): StandingText {
  // A few hundred bytes: four round trips through the thread pool would cost more than all else about a manifest.
  const bytes = readFileBoundedSync(join(project.root, recordPath(project, name)), MAX_RECORD_BYTES);
  if (!bytes.ok) {
    const { failure } = bytes;
    if (failure.reason === "missing") return { kind: "none" };
    const code = failure.reason === "unreadable" ? failure.code : failure.reason;
    return { kind: "unreadable", failure: { reason: "record-not-read", code } };
  }
  return { kind: "text", bytes: bytes.value };
}

function parseStanding(project: Project, standing: StandingText): StandingRecord {
  if (standing.kind !== "text") return standing;
  const record = parseRecord(standing.bytes, recordKindOf(project));
  if (!record.ok) return { kind: "unreadable", failure: record.failure };
  return { kind: "record", text: Buffer.from(standing.bytes).toString("utf8"), record: record.value };
}
