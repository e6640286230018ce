/** The hash functions that a digest may be of; sha1 only where a feed has nothing else. */
export type DigestAlgorithm = "sha256" | "sha512" | "sha1";

/** What bytes must hash to. */
export interface PinDigest {
  readonly algorithm: DigestAlgorithm;
  /** Lower-case, of the algorithm's width. */
  readonly hex: string;
}

/** How the digest was come by: over TLS only, from a list of sums, or from a list that a pinned key signed. */
export type Trust = "tls" | "sums" | "signed";

/** Where a pin is written. */
export interface Provenance {
  /** Relative to the folder that the run works in, POSIX. */
  readonly path: string;
  /** JSON Pointer (RFC 6901) of the pin; null where the file has no such structure. */
  readonly pointer: string | null;
  /** From 1; null where nobody knows. */
  readonly line: number | null;
}

/** A verdict that is put up with for a time. */
export interface Allowance {
  readonly reason: string;
  /** The last day on which it holds, `YYYY-MM-DD` in UTC. */
  readonly expires: string;
}

/** An artifact by where it lies and what its bytes must be. */
export interface Pin {
  readonly name: string;
  /** The stable url first, then its mirrors in order; each of them is verified. */
  readonly urls: readonly [string, ...string[]];
  /** One an algorithm, and all of them must hold. */
  readonly digests: readonly [PinDigest, ...PinDigest[]];
  /** Null where the pin says nothing of it; so with the media type. */
  readonly sizeBytes: number | null;
  readonly mediaType: string | null;
  readonly trust: Trust;
  /** Every place that pins it, at least one. */
  readonly provenance: readonly [Provenance, ...Provenance[]];
  readonly allowance: Allowance | null;
}
