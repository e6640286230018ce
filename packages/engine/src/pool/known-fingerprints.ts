import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { sha256, type Fingerprint, type Sha256 } from "@imagegate/core";
import type { Store } from "@imagegate/host";
import {
  hasExactly,
  isDigest,
  isPipelineIds,
  isRecordedPipelines,
  parseJsonBytes,
} from "../inspect/stored-ids.ts";
import { digestScripts } from "../config/code-digest.ts";
import type { FingerprintSettings, RecordedFingerprint } from "./task.ts";

/** What is known of bytes. */
export interface KnownFingerprint {
  readonly recorded: RecordedFingerprint;
  /** With the ids of all stages, when osbuild is asked as well. */
  readonly whole: Fingerprint | null;
}

/**
 * Under what a fingerprint is known: the manifest's bytes, what was asked, and the code that answered. The kind of
 * record belongs to it, since a bare record is where its manifest is looked for.
 */
export function knownFingerprintKey(
  bytes: Uint8Array,
  { mode, recordKind, isInspected }: Pick<FingerprintSettings, "mode" | "recordKind" | "isInspected">,
): Sha256 {
  return sha256(JSON.stringify([codeDigest(), mode, recordKind, isInspected, sha256(bytes)]));
}

/** The fingerprint of bytes that were fingerprinted before, so that they need not be parsed again. */
export function readKnownFingerprint(
  store: Store,
  key: Sha256,
  { isInspected }: Pick<FingerprintSettings, "isInspected">,
): KnownFingerprint | undefined {
  const read = store.readSync("fingerprint", key, "lately");
  if (read.status !== "hit") return undefined;
  const known = parseJsonBytes(read.bytes);
  if (isInspected) return isFingerprint(known, isPipelineIds) ? knownFingerprint(known) : undefined;
  return isFingerprint(known, isRecordedPipelines) ? { recorded: known, whole: null } : undefined;
}

/** Both sizes of a fingerprint. */
export function knownFingerprint(whole: Fingerprint): KnownFingerprint & { readonly whole: Fingerprint } {
  const pipelines = whole.pipelines?.map(({ name, id }) => ({ name, id })) ?? null;
  return { recorded: { manifest: whole.manifest, sources: whole.sources, pipelines }, whole };
}

function isFingerprint<Pipelines>(
  value: unknown,
  arePipelines: (value: unknown) => value is Pipelines,
): value is Omit<Fingerprint, "pipelines"> & { readonly pipelines: Pipelines | null } {
  if (!hasExactly(value, ["manifest", "sources", "pipelines"])) return false;
  const { manifest, sources, pipelines } = value;
  if (!isDigest(manifest) || (sources !== null && !isDigest(sources))) return false;
  return pipelines === null || arePipelines(pipelines);
}

/** The bytes to keep for a fingerprint, of either size. */
export function formatKnownFingerprint({ manifest, sources, pipelines }: RecordedFingerprint): Buffer {
  return Buffer.from(JSON.stringify({ manifest, sources, pipelines }));
}

let knownCode: Sha256 | undefined;

/** The sha256 of the code of threads, which is in one folder: other code may come to other answers. */
function codeDigest(): Sha256 {
  knownCode ??= digestScripts(join(dirname(fileURLToPath(import.meta.resolve("@imagegate/engine"))), "pool"));
  return knownCode;
}
