import type { WrittenDigest } from "./digest.ts";
import type { Allowance, Provenance, Trust } from "./pin.ts";

/** What is told of a pin whose members are what they should be. */
export const NOTHING_TOLD: WrittenPin["told"] = { urls: false, digests: false };

/** A pin as a document has it: nothing of it is judged yet. */
export interface WrittenPin {
  /** Null where the document gives none: the url gives one then. */
  readonly name: string | null;
  readonly urls: readonly string[];
  readonly digests: readonly WrittenDigest[];
  readonly sizeBytes: number | null;
  readonly mediaType: string | null;
  readonly trust: Trust;
  readonly allowance: Allowance | null;
  /** Of which members it is told already that they are wrong: those are not missing. */
  readonly told: { readonly urls: boolean; readonly digests: boolean };
  readonly place: Provenance;
}
