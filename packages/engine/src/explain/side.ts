import { formatRecord, type ManifestRecord } from "@imagegate/core";
import type { CheckoutFailure, RunFailure } from "../failure.ts";
import type { DocumentSource } from "../pool/task.ts";

/** Why the text of a manifest is not to be had. */
export type UnknownText =
  /** Its record says nothing. */
  | { readonly reason: "record-unreadable"; readonly at: string }
  /** The store could not keep it. */
  | { readonly reason: "text-not-kept" }
  /** The definitions of that moment make another one now than was recorded, or none of this name. */
  | { readonly reason: "text-not-recorded"; readonly at: string }
  | { readonly reason: "text-not-made"; readonly at: string; readonly cause: CheckoutFailure | RunFailure }
  /** No commit is known that would make it. */
  | { readonly reason: "text-without-commit" };

/** A manifest of one side. */
export interface SideManifest {
  /** Texts by which manifests are told equal: any that two have in common will do. */
  readonly marks: readonly string[];
  /** Where its text is likely to be; null where only the side itself can find out. */
  readonly source: DocumentSource | UnknownText | null;
  /** The pipelines that get built, where the configuration says so. */
  readonly exports: readonly string[] | null;
}

/** A manifest by its family and name. */
export interface ManifestAddress {
  readonly family: string;
  readonly name: string;
}

/** All manifests of a workspace, or of a folder, at some moment. */
export interface Side {
  /** The moment in a few words: a commit, a folder. */
  readonly label: string;
  readonly families: ReadonlyMap<string, ReadonlyMap<string, SideManifest>>;
  /** Finds texts that were not where they should be; an answer for each, in their order. */
  readonly recover: (lost: readonly ManifestAddress[]) => Promise<readonly (DocumentSource | UnknownText)[]>;
}

/** The side that is what records say, as they stand. */
export const RECORDS_LABEL = "the records";

/** Whether this is a text, or why there is none. */
export function isSource(found: DocumentSource | UnknownText | null): found is DocumentSource {
  return found !== null && "kind" in found;
}

/** What a record vouches for: two records of one mark are of equal manifests, as far as their form can tell. */
export function recordMark(record: ManifestRecord, of: string): string {
  return record.form === "lines" ? canonicalMark(record.manifest) : `${of} ${formatRecord(record)}`;
}

/** The mark of a manifest whose canonical digest is known. */
export function canonicalMark(digest: string): string {
  return `sha256:canonical ${digest}`;
}

/** The digest by which the store may know a recorded manifest; null for a record of ids. */
export function storedDigest(record: ManifestRecord): string | null {
  switch (record.form) {
    case "lines":
      return record.manifest;
    case "digest":
      return record.digest;
    case "pipeline-ids":
      return null;
  }
}
