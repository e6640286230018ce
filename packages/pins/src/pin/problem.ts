import type { Provenance } from "./pin.ts";
import type { UrlProblem } from "./url.ts";

/** What somebody says of a url, and where. */
export interface Claim {
  readonly value: string;
  readonly place: Provenance;
}

/** What is wrong with pins themselves, found before anything is asked for. */
export type PinProblem =
  | { readonly reason: "pin-url-missing"; readonly place: Provenance }
  | ({ readonly reason: "pin-url-invalid"; readonly place: Provenance } & UrlProblem)
  /** A url that nothing says the digest of. */
  | { readonly reason: "pin-digest-missing"; readonly place: Provenance; readonly url: string | null }
  | {
      readonly reason: "pin-digest-invalid";
      readonly place: Provenance;
      readonly expected: string;
      readonly found: string;
    }
  /** Any other field of an entry, or a key that nobody knows. */
  | {
      readonly reason: "pin-field-invalid";
      readonly place: Provenance;
      /** The JSON Pointer in what a program prints, null where it is the place's own. */
      readonly printedAt: string | null;
      readonly problem: "invalid" | "missing" | "unknown-key";
      readonly expected: string;
      readonly found: string;
    }
  | { readonly reason: "pin-name-twice"; readonly name: string; readonly places: readonly Provenance[] }
  | {
      readonly reason: "pin-conflict";
      /** What the claims are of: an algorithm, the size, the media type, the allowance. */
      readonly of: string;
      readonly url: string;
      /** Two values at least, each with the first place that claims it. */
      readonly claims: readonly Claim[];
    };
