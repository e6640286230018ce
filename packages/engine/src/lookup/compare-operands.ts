import { resolve } from "node:path";
import {
  compareDocuments,
  compareManifests,
  fail,
  fingerprintDocument,
  isJsonObject,
  ok,
  parseRecord,
  readJson,
  valueOf,
  type Difference,
  type JsonValue,
  type Result,
  type Sha256,
} from "@imagegate/core";
import { readFileBounded, type Store } from "@imagegate/host";
import { recordKindOf, type Project } from "../config/project.ts";
import type { LookupFailure } from "../failure.ts";
import { readAtCommit, resolveRevision } from "../git/git.ts";
import { recordPath } from "../run/record-folder.ts";
import { findRecord } from "./find-record.ts";
import { loadStoredDocument } from "./stored-document.ts";

const MAX_DOCUMENT_BYTES = 64 * 1024 * 1024;

/** Where operands are looked up. */
export interface OperandContext {
  readonly root: string;
  /** The folder that relative files are relative to. */
  readonly cwd: string;
  readonly projects: readonly Project[];
  readonly store: Store;
}

/** A document that was found for an operand. */
export interface ComparedDocument {
  /** The operand as it was given. */
  readonly label: string;
  readonly digest: Sha256;
  readonly value: JsonValue;
}

/** What two documents differ in. */
export interface Comparison {
  readonly before: ComparedDocument;
  readonly after: ComparedDocument;
  readonly identical: boolean;
  readonly differences: readonly Difference[];
}

/** An operand that means no document, and why. */
export interface FailedOperand {
  readonly operand: string;
  readonly failure: LookupFailure;
}

/** Compares two operands: files, digests in the store, or `REV:name` for what a record was in a commit. */
export async function compareOperands(
  left: string,
  right: string,
  context: OperandContext,
): Promise<Result<Comparison, FailedOperand>> {
  const before = await resolveOperand(left, context);
  if (!before.ok) return fail({ operand: left, failure: before.failure });
  const after = await resolveOperand(right, context);
  if (!after.ok) return fail({ operand: right, failure: after.failure });
  const identical = before.value.digest === after.value.digest;
  const isOsbuild = [before.value, after.value].every(
    ({ value }) => isJsonObject(value) && value.has("pipelines"),
  );
  const compare = isOsbuild ? compareManifests : compareDocuments;
  const differences = identical ? [] : compare(before.value.value, after.value.value);
  return ok({ before: before.value, after: after.value, identical, differences });
}

/** Finds what an operand means: a file that exists comes first, then a digest, then `REV:name`. */
export async function resolveOperand(
  operand: string,
  context: OperandContext,
): Promise<Result<ComparedDocument, LookupFailure>> {
  const file = await readFileBounded(resolve(context.cwd, operand), MAX_DOCUMENT_BYTES);
  if (file.ok) return documentOf(operand, file.value);
  if (file.failure.reason !== "missing") return file;
  const digest = /^(?:sha256:|sha1:)?([0-9a-f]{40,64})$/.exec(operand)?.[1];
  if (digest !== undefined) return storedOperand(operand, digest, context);
  const colon = operand.lastIndexOf(":");
  if (colon > 0) return recordedOperand(operand, colon, context);
  return fail({ reason: "operand-unknown", operand });
}

function documentOf(label: string, bytes: Uint8Array): Result<ComparedDocument, LookupFailure> {
  const tape = readJson(bytes);
  if (!tape.ok) return tape;
  const document = fingerprintDocument(tape.value, "json");
  if (!document.ok) throw new Error("a JSON document always has a digest");
  return ok({ label, digest: document.value.fingerprint.manifest, value: valueOf(tape.value) });
}

async function storedOperand(
  label: string,
  digest: string,
  { store }: OperandContext,
): Promise<Result<ComparedDocument, LookupFailure>> {
  const document = await loadStoredDocument(store, digest);
  return document.ok ? ok({ label, ...document.value }) : document;
}

async function recordedOperand(
  label: string,
  colon: number,
  context: OperandContext,
): Promise<Result<ComparedDocument, LookupFailure>> {
  const revision = label.slice(0, colon);
  const commit = await resolveRevision(context.root, revision);
  if (!commit.ok) return commit;
  const address = findRecord(context.projects, label.slice(colon + 1));
  if (!address.ok) return address;
  const { project, name } = address.value;
  const path = recordPath(project, name);
  const bytes = await readAtCommit(context.root, commit.value, path);
  if (!bytes.ok) return bytes;
  if (bytes.value === null) return fail({ reason: "record-not-at-revision", revision, path });
  const record = parseRecord(bytes.value, recordKindOf(project));
  if (!record.ok) return record;
  if (record.value.form === "pipeline-ids") return fail({ reason: "operand-unknown", operand: label });
  const digest = record.value.form === "lines" ? record.value.manifest : record.value.digest;
  return storedOperand(label, digest, context);
}
