import * as fc from "fast-check";
import { isSha256, type Sha256 } from "../../src/digest/sha256.ts";
import type { ManifestRecord, RecordKind, RecordedPipeline } from "../../src/records/record.ts";

/** A digest of one digit, 64 times. */
export function digestOf(digit: string): Sha256 {
  const text = digit.repeat(64);
  if (!isSha256(text)) throw new Error(`not a digit: ${digit}`);
  return text;
}

export const lines: RecordKind = { form: "lines" };
export const pipelineIds: RecordKind = { form: "pipeline-ids" };
export const bareSha256: RecordKind = { form: "digest", algorithm: "sha256", of: "canonical" };
export const bareSha1: RecordKind = { form: "digest", algorithm: "sha1", of: "raw" };

const hexDigit = fc.constantFrom(..."0123456789abcdef");
const anySha256 = fc
  .array(hexDigit, { minLength: 64, maxLength: 64 })
  .map((digits) => digits.join("") as Sha256);
const anySha1 = fc.array(hexDigit, { minLength: 40, maxLength: 40 }).map((digits) => digits.join(""));
const anyName = fc.oneof(
  fc.constantFrom("build", "os", "image", "", "-", "manifest", "sources", "two words", 'a"b', "__proto__"),
  fc.string({ unit: "binary", maxLength: 12 }),
);
const anyPipeline: fc.Arbitrary<RecordedPipeline> = fc.record({
  name: anyName,
  id: fc.option(anySha256, { nil: null }),
});

function anyPipelines(minLength: number): fc.Arbitrary<RecordedPipeline[]> {
  return fc.uniqueArray(anyPipeline, { minLength, maxLength: 6, selector: ({ name }) => name });
}

const anyLinesRecord: fc.Arbitrary<ManifestRecord> = fc.record({
  form: fc.constant("lines" as const),
  manifest: anySha256,
  sources: fc.option(anySha256, { nil: null }),
  pipelines: anyPipelines(0),
});
const anyIdsRecord: fc.Arbitrary<ManifestRecord> = anyPipelines(1).map((pipelines) => ({
  form: "pipeline-ids",
  pipelines: pipelines as [RecordedPipeline, ...RecordedPipeline[]],
}));

/** Any record, with the kind that it is of. */
export const anyRecord: fc.Arbitrary<{ readonly record: ManifestRecord; readonly kind: RecordKind }> =
  fc.oneof(
    anyLinesRecord.map((record) => ({ record, kind: lines })),
    anyIdsRecord.map((record) => ({ record, kind: pipelineIds })),
    anySha256.map((digest) => ({
      record: { form: "digest" as const, algorithm: "sha256" as const, digest: String(digest) },
      kind: bareSha256,
    })),
    anySha1.map((digest) => ({
      record: { form: "digest" as const, algorithm: "sha1" as const, digest },
      kind: bareSha1,
    })),
  );
