import type { RecordsConfig, RecordsInput } from "@imagegate/engine";

/** The forms of records, as the command line spells them. */
export const RECORD_KINDS = [
  "lines",
  "pipeline-ids",
  "digest:sha256:canonical",
  "digest:sha256:raw",
  "digest:sha256:compact-line",
  "digest:sha1:canonical",
  "digest:sha1:raw",
  "digest:sha1:compact-line",
] as const;

export type RecordKindName = (typeof RECORD_KINDS)[number];

type Digest = Extract<RecordsConfig, { readonly form: "digest" }>;

/** How the command line spells the form of a family's records. */
export function nameRecordKind(records: RecordsConfig): string {
  return records.form === "digest" ? `digest:${records.algorithm}:${records.of}` : records.form;
}

/** What `imagegate.json` says of records of this form. */
export function recordsOfKind(
  kind: RecordKindName,
  place: { folder?: string; extension?: string },
): RecordsInput {
  const [form, algorithm, of] = kind.split(":");
  if (form !== "digest") return { form: form as "lines" | "pipeline-ids", ...place };
  return { form, algorithm: algorithm as Digest["algorithm"], of: of as Digest["of"], ...place };
}
