import type { Pacing } from "@imagegate/forge";
import type { PinDigest } from "../pin/pin.ts";
import type { AnswerHead } from "./answer.ts";
import type { Body, BodyOptions } from "./body.ts";
import type { Refusal } from "./destination.ts";
import type { Limits } from "./limits.ts";
import type { Network } from "./network.ts";

/** What is to be transferred. */
export interface TransferRequest extends BodyOptions {
  readonly url: URL;
  /** Whether these are the bytes that were pinned; null where nobody knows, and a body is then never pieced together. */
  readonly matches: ((digests: readonly PinDigest[]) => boolean) | null;
  /** The ETag of bytes known already, and the origin that gave it. */
  readonly known: { readonly etag: string; readonly origin: string } | null;
}

/** What transfers run over. */
export interface TransferOptions {
  readonly network: Network;
  readonly limits: Limits;
  readonly pacing: Pacing;
  /** Its reason is an `Interruption`. */
  readonly signal: AbortSignal;
}

/** How a transfer ended, after all attempts. */
export type TransferEnd =
  | { readonly kind: "whole"; readonly digests: readonly PinDigest[] }
  /** The server says that it still has the known bytes. */
  | { readonly kind: "unchanged" }
  | { readonly kind: "another-size" }
  | { readonly kind: "beyond-limit" }
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | {
      readonly kind: "failed";
      readonly cause: string;
      /** Whether bytes had begun to come in the last attempt. */
      readonly hasBegun: boolean;
    };

/** What a transfer saw. */
export interface Transfer {
  readonly end: TransferEnd;
  /** Of the answer that decided, null where none did. */
  readonly head: AnswerHead | null;
  readonly body: Body;
  /** Where redirects led. */
  readonly url: URL;
  readonly requests: number;
  /** Whether any of them went through a proxy. */
  readonly isProxied: boolean;
}
