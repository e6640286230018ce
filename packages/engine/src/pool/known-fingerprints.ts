import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { sha256, type Fingerprint, type Sha256 } from "@imagegate/core";
import type { Store } from "@imagegate/host";
import { hasExactly, isDigest, isPipelineIds, parseJsonBytes } from "../inspect/stored-ids.ts";
import { digestScripts } from "../config/code-digest.ts";
import type { ManifestTask } from "./task.ts";

/**
 * Under what a fingerprint is known: the manifest's bytes, what was asked, and the code that answered. The kind of
 * record belongs to it, since a bare record is where its manifest is looked for.
 */
export function knownFingerprintKey(
  bytes: Uint8Array,
  { mode, recordKind }: Pick<ManifestTask, "mode" | "recordKind">,
): Sha256 {
  return sha256(JSON.stringify([codeDigest(), mode, recordKind, sha256(bytes)]));
}

/** The fingerprint of bytes that were fingerprinted before, so that they need not be parsed again. */
export function readKnownFingerprint(store: Store, key: Sha256): Fingerprint | undefined {
  const read = store.readSync("fingerprint", key);
  if (read.status !== "hit") return undefined;
  const known = parseJsonBytes(read.bytes);
  return isFingerprint(known) ? known : undefined;
}

function isFingerprint(value: unknown): value is Fingerprint {
  if (!hasExactly(value, ["manifest", "sources", "pipelines"])) return false;
  const { manifest, sources, pipelines } = value;
  if (!isDigest(manifest) || (sources !== null && !isDigest(sources))) return false;
  return pipelines === null || isPipelineIds(pipelines);
}

/** The bytes to keep for a fingerprint. */
export function formatKnownFingerprint({ manifest, sources, pipelines }: Fingerprint): Buffer {
  return Buffer.from(JSON.stringify({ manifest, sources, pipelines }));
}

let knownCode: Sha256 | undefined;

/** The sha256 of the code of `@imagegate/core`: other code may come to other answers. */
function codeDigest(): Sha256 {
  knownCode ??= digestScripts(dirname(fileURLToPath(import.meta.resolve("@imagegate/core"))));
  return knownCode;
}
