import { compareDocuments, compareManifests, type ManifestRecord } from "@imagegate/core";
import type { Store } from "@imagegate/host";
import { loadStoredDocument } from "../lookup/stored-document.ts";
import type { RecordExplanation } from "../report.ts";

/** A record that changed, and the manifest that it should be of. */
export interface ChangedRecord {
  readonly base: ManifestRecord;
  /** The digest under which the store keeps the new manifest. */
  readonly digest: string;
  readonly isOsbuild: boolean;
}

/** What changed in a manifest, as far as the store still knows what it was. */
export async function explainChange(
  store: Store,
  { base, digest, isOsbuild }: ChangedRecord,
): Promise<RecordExplanation> {
  const baseDigest = baseDigestOf(base);
  if (baseDigest === null) return { kind: "unknown", because: "ids-only-record" };
  const before = await loadStoredDocument(store, baseDigest);
  if (!before.ok) return { kind: "unknown", because: "base-not-in-store" };
  const after = await loadStoredDocument(store, digest);
  if (!after.ok) return { kind: "unknown", because: "new-not-in-store" };
  const compare = isOsbuild ? compareManifests : compareDocuments;
  return { kind: "differences", differences: compare(before.value.value, after.value.value) };
}

function baseDigestOf(record: ManifestRecord): string | null {
  switch (record.form) {
    case "lines":
      return record.manifest;
    case "digest":
      return record.digest;
    case "pipeline-ids":
      return null;
  }
}
