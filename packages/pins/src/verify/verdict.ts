import type { PinClass } from "@imagegate/core/report";
import type { Pin, PinDigest } from "../pin/pin.ts";

/** What a url turned out to be; never two of them at once, and only `drift` is spoken of as possible tampering. */
export type VerdictClass = PinClass;

/** What was seen of the bytes, as evidence. */
export interface Evidence {
  /** What the bytes hash to, in the algorithms of the pin; empty where no whole body was read. */
  readonly digests: readonly PinDigest[];
  readonly sizeBytes: number | null;
  /** As the server said it, null where it said nothing. */
  readonly contentType: string | null;
  /** The first bytes when they are text, at most 80 characters; never to be printed unescaped. */
  readonly firstText: string | null;
  /** The HTTP status of the last answer, null where there was none. */
  readonly status: number | null;
  /** Where redirects led, null where there were none; without its query, which may be secret. */
  readonly finalUrl: string | null;
  /** Whether a proxy stood between: it resolves names in our place, so that only literal private addresses are refused. */
  readonly isProxied: boolean;
}

/** How a verdict was come by. */
export type Method =
  /** Every byte was read and hashed. */
  | "hashed"
  /** A forge says that its asset has this digest; nothing was downloaded. */
  | "attested"
  /** An earlier full hash that is younger than what was asked for. */
  | "remembered"
  /** Bytes that stand in the document itself. */
  | "inline"
  /** Nothing was read. */
  | "none";

/** The verdict on one url of one pin. */
export interface PinVerdict {
  readonly pin: Pin;
  readonly url: string;
  readonly class: VerdictClass;
  /** With an expired allowance, the class that it had allowed; otherwise null. */
  readonly allowedClass: VerdictClass | null;
  /** Whether an allowance that still holds takes this verdict out of the exit code. */
  readonly isAllowed: boolean;
  readonly method: Method;
  /** The cause in a word of code: `ENOTFOUND`, `CERT_HAS_EXPIRED`, `redirect-to-private`, `status-503`, …; null with `ok`. */
  readonly cause: string | null;
  readonly evidence: Evidence;
  /** How often the url was asked. */
  readonly attempts: number;
  readonly durationMs: number;
}

/** The verdicts of a run, in the order of the pins and their urls. */
export interface Verification {
  readonly verdicts: readonly PinVerdict[];
  /** Bytes that came over the network. */
  readonly downloadedBytes: number;
  readonly downloads: number;
  readonly durationMs: number;
  /** Whether any url was asked through a proxy. */
  readonly isProxied: boolean;
}

/** 0: every byte is what was reviewed. 1: something is not. 2: nobody could tell. */
export type VerificationExit = 0 | 1 | 2;
