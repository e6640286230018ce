import { fail, ok, type Result } from "@imagegate/core";
import type { DigestAlgorithm, PinDigest } from "./pin.ts";
import { maskUser } from "./url.ts";

/** The algorithms that are known, in the order in which a pin lists its digests. */
export const DIGEST_ALGORITHMS: readonly DigestAlgorithm[] = ["sha256", "sha512", "sha1"];

/** The hexadecimal digits that a digest of each algorithm has. */
const DIGITS: Readonly<Record<DigestAlgorithm, number>> = { sha256: 64, sha512: 128, sha1: 40 };

/** A digest as a document has it. */
export interface WrittenDigest {
  /** Hexadecimal digits, maybe after `sha256:`. */
  readonly text: string;
  /** The algorithm that the place of the text says; null where only the text can say it. */
  readonly declared: DigestAlgorithm | null;
}

/** What a text should have been. */
export interface DigestProblem {
  readonly expected: string;
  readonly found: string;
}

/** A digest of exactly its algorithm's width, in lower case; a place and a prefix that disagree are a problem. */
export function parseDigest({ text, declared }: WrittenDigest): Result<PinDigest, DigestProblem> {
  const [, prefix = declared, digits = ""] = /^(?:([^:]*):)?(.*)$/s.exec(text) ?? [];
  // A pattern may take the url for the digest.
  const found = maskUser(text);
  const algorithm = DIGEST_ALGORITHMS.find((name) => name === prefix?.toLowerCase());
  if (algorithm === undefined) {
    return fail({ expected: `a digest of ${DIGEST_ALGORITHMS.join(", ")}`, found });
  }
  if (declared !== null && algorithm !== declared) {
    return fail({ expected: `a digest of ${declared}`, found });
  }
  const hex = digits.toLowerCase();
  if (hex.length === DIGITS[algorithm] && /^[0-9a-f]+$/.test(hex)) return ok({ algorithm, hex });
  return fail({ expected: `${DIGITS[algorithm]} hexadecimal digits of ${algorithm}`, found });
}

/** A digest as text: `sha256:ab12…`. */
export function formatDigest({ algorithm, hex }: PinDigest): string {
  return `${algorithm}:${hex}`;
}
