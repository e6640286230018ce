import type { JsonTape } from "../json/tape.ts";
import type { ManifestFailure } from "../osbuild/failure.ts";
import { computeIds, type PipelineIds } from "../osbuild/ids.ts";
import { canonicalDocument, type CanonicalDocument } from "../osbuild/sections.ts";
import { ok, type Result } from "../result.ts";
import { sha256, type Sha256 } from "./sha256.ts";

/** What identifies a manifest: digests of canonical JSON, and the ids that osbuild would give its pipelines. */
export interface Fingerprint {
  /** Of the whole document; it alone decides "changed". */
  readonly manifest: Sha256;
  /** Of the `sources` section; null when there is none. */
  readonly sources: Sha256 | null;
  /** In the manifest's order; null when ids were not asked for. */
  readonly pipelines: readonly PipelineIds[] | null;
}

/** What a document is taken for, and how its ids are come by. */
export type FingerprintMode =
  /** An osbuild manifest of format version 2, with the ids computed here. */
  | "osbuild-ids"
  /** An osbuild manifest whose ids are not wanted, or come from osbuild itself. */
  | "osbuild"
  /** Any JSON document: no ids, no sources. */
  | "json";

/** A fingerprint together with the canonical bytes that it was made of. */
export interface FingerprintedDocument {
  readonly fingerprint: Fingerprint;
  readonly canonical: CanonicalDocument;
}

/** The fingerprint of a document. */
export function fingerprintDocument(
  tape: JsonTape,
  mode: FingerprintMode,
): Result<FingerprintedDocument, ManifestFailure> {
  const canonical = canonicalDocument(tape);
  const ids = mode === "osbuild-ids" ? computeIds(tape) : ok(null);
  if (!ids.ok) return ids;
  const sources = mode === "json" ? undefined : canonical.sections.find(({ kind }) => kind === "sources");
  return ok({
    canonical,
    fingerprint: {
      manifest: sha256(canonical.bytes),
      sources: sources === undefined ? null : sha256(canonical.bytes.subarray(sources.start, sources.end)),
      pipelines: ids.value,
    },
  });
}
