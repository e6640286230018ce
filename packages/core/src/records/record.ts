import type { Sha256 } from "../digest/sha256.ts";

/** The hash of a bare-digest record. */
export type BareAlgorithm = "sha256" | "sha1";

/** What a bare-digest record hashes: canonical JSON, the bytes as they are, or `compact-line` (see `compactLine`). */
export type BareContent = "canonical" | "raw" | "compact-line";

/** A record that is one hexadecimal digest and nothing else. */
export interface DigestRecordKind {
  readonly form: "digest";
  readonly algorithm: BareAlgorithm;
  readonly of: BareContent;
}

/** How a project writes its records: imagegate's own lines, one bare digest, or `<id>: <pipeline>` a line. */
export type RecordKind = { readonly form: "lines" } | DigestRecordKind | { readonly form: "pipeline-ids" };

/** A pipeline and its osbuild id; null for a pipeline without stages, which has no id. */
export interface RecordedPipeline {
  readonly name: string;
  readonly id: Sha256 | null;
}

/**
 * imagegate's own record.
 * `sources` is null when the manifest has no such section. `pipelines` is in manifest order with distinct names;
 * it is empty both when ids are `none` and when the manifest has no pipelines, as the text tells neither from the other.
 */
export interface LinesRecord {
  readonly form: "lines";
  readonly manifest: Sha256;
  readonly sources: Sha256 | null;
  readonly pipelines: readonly RecordedPipeline[];
}

/** A bare digest: 64 lower-case hexadecimal digits for `sha256`, 40 for `sha1`. */
export interface DigestRecord {
  readonly form: "digest";
  readonly algorithm: BareAlgorithm;
  readonly digest: string;
}

/** Ids only. Never empty: a record of no pipelines would be an empty file, which vouches for nothing. */
export interface PipelineIdsRecord {
  readonly form: "pipeline-ids";
  readonly pipelines: readonly [RecordedPipeline, ...RecordedPipeline[]];
}

/** What a record file holds. */
export type ManifestRecord = LinesRecord | DigestRecord | PipelineIdsRecord;
