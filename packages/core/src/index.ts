export { ok, fail, type Result } from "./result.ts";

export type { JsonFailure, TextPosition } from "./json/failure.ts";
export { formatPointer, type JsonPath } from "./json/pointer.ts";
export { readJson } from "./json/read.ts";
export { MAX_DEPTH } from "./json/scanner.ts";
export { rawMembers, type JsonTape } from "./json/tape.ts";
export {
  JsonNumber,
  isJsonArray,
  isJsonObject,
  valueOf,
  type JsonObject,
  type JsonValue,
} from "./json/value.ts";
export { canonicalizeValue, type ValueFailure } from "./json/canonical.ts";

export { isSha256, sha256, type Sha256 } from "./digest/sha256.ts";
export {
  fingerprintDocument,
  type Fingerprint,
  type FingerprintMode,
  type FingerprintedDocument,
} from "./digest/fingerprint.ts";

export type { ManifestFailure } from "./osbuild/failure.ts";
export { computeIds, type PipelineIds, type StageId } from "./osbuild/ids.ts";
export { canonicalDocument, type CanonicalDocument, type Section } from "./osbuild/sections.ts";
export {
  formatTree,
  joinTree,
  parseTree,
  splitDocument,
  type Blob,
  type DocumentTree,
  type TreeFailure,
  type TreePart,
} from "./osbuild/tree.ts";

export { bareDigest, compactLine, type BareSource } from "./records/bare.ts";
export { compareRecords, type LineChange, type RecordComparison } from "./records/comparison.ts";
export type { RecordFailure, RecordFileReason, RecordLineReason } from "./records/failure.ts";
export { formatRecord } from "./records/format.ts";
export { findNameCollisions, isManifestName, recordFileName, recordedManifestName } from "./records/name.ts";
export { parseRecord } from "./records/parse.ts";
export type {
  BareAlgorithm,
  BareContent,
  DigestRecord,
  DigestRecordKind,
  LinesRecord,
  ManifestRecord,
  PipelineIdsRecord,
  RecordKind,
  RecordedPipeline,
} from "./records/record.ts";

export { describeDifference } from "./compare/describe.ts";
export { escapeInvisible } from "./compare/invisible.ts";
export type { Difference, Located, Place } from "./compare/difference.ts";
export { compareDocuments, compareManifests } from "./compare/differences.ts";

export { describePinPlace } from "./pin-report/place.ts";
