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
import { threadsFolder } from "./threads-folder.ts";

/** What is known of bytes. */
export interface KnownFingerprint {
  readonly recorded: RecordedFingerprint;
  /** With the ids of all stages, when osbuild is asked as well. */
  readonly whole: Fingerprint | null;
  /** The bare digest, when the records are of that form. */
  readonly bareDigest: string | null;
}

/** What was found out just now. */
export type WholeFingerprint = KnownFingerprint & { readonly whole: Fingerprint };

/**
 * Under what a fingerprint is known: the manifest's bytes, what was asked, and the code that answered. The kind of
 * record belongs to it, since a bare digest is of one kind, and is where the manifest is looked for.
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
  const kept = parseJsonBytes(read.bytes);
  if (isInspected) {
    if (!isKept(kept, isPipelineIds)) return undefined;
    const { bareDigest, ...whole } = kept;
    return knownFingerprint(whole, bareDigest);
  }
  if (!isKept(kept, isRecordedPipelines)) return undefined;
  const { bareDigest, ...recorded } = kept;
  return { recorded, whole: null, bareDigest };
}

/** Both sizes of a fingerprint. */
export function knownFingerprint(whole: Fingerprint, bareDigest: string | null): WholeFingerprint {
  const pipelines = whole.pipelines?.map(({ name, id }) => ({ name, id })) ?? null;
  return { recorded: { manifest: whole.manifest, sources: whole.sources, pipelines }, whole, bareDigest };
}

/** What the bytes of a kept fingerprint say, of either size. */
type Kept<Pipelines> = Omit<Fingerprint, "pipelines"> &
  Pick<KnownFingerprint, "bareDigest"> & { readonly pipelines: Pipelines | null };

function isKept<Pipelines>(
  value: unknown,
  arePipelines: (value: unknown) => value is Pipelines,
): value is Kept<Pipelines> {
  if (!hasExactly(value, ["manifest", "sources", "pipelines", "bareDigest"])) return false;
  const { manifest, sources, pipelines, bareDigest } = value;
  if (!isDigest(manifest) || (sources !== null && !isDigest(sources))) return false;
  if (bareDigest !== null && !isBareDigest(bareDigest)) return false;
  return pipelines === null || arePipelines(pipelines);
}

function isBareDigest(value: unknown): boolean {
  return typeof value === "string" && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value);
}

/** The bytes to keep for a fingerprint, as `readKnownFingerprint` reads them. */
export function formatKnownFingerprint(
  { recorded, whole, bareDigest }: WholeFingerprint,
  { isInspected }: Pick<FingerprintSettings, "isInspected">,
): Buffer {
  const { manifest, sources, pipelines } = isInspected ? whole : recorded;
  return Buffer.from(JSON.stringify({ manifest, sources, pipelines, bareDigest }));
}

let knownCode: Sha256 | undefined;

/** The sha256 of the code of threads: other code may come to other answers. */
function codeDigest(): Sha256 {
  knownCode ??= digestScripts(threadsFolder(), "cjs");
  return knownCode;
}
