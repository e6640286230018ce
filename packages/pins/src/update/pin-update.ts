import type { DigestAlgorithm } from "../pin/pin.ts";
import type { FetchedDigests } from "../verify/fetch.ts";
import type { UpdatableEntry } from "./pins-document.ts";

/** What one field of a pin becomes; null where it was not there. */
export interface FieldChange {
  readonly field: DigestAlgorithm | "size" | "trust";
  readonly from: string | number | null;
  readonly to: string | number;
}

/** What was seen at a url, whole. */
export type FetchedBytes = Extract<FetchedDigests, { readonly class: "fetched" }>;

/** What a pin would become, and the evidence for it. */
export interface PinUpdate {
  readonly entry: UpdatableEntry;
  /** None when the bytes are what the pin says. */
  readonly changes: readonly FieldChange[];
  /** Of each of its urls, in their order. */
  readonly evidence: readonly FetchedBytes[];
}
