import type { WrittenDigest } from "./digest.ts";
import type { Allowance, Provenance, Trust } from "./pin.ts";

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
  readonly place: Provenance;
}
