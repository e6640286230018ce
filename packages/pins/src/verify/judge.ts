import { isEncoded } from "../http/answer.ts";
import type { Transfer, TransferEnd } from "../http/transfer.ts";
import { isPage } from "./evidence.ts";
import { matchDigests, type Job } from "./plan.ts";
import type { VerdictClass } from "./verdict.ts";

/** A class and its cause. */
export interface Judgement {
  readonly class: Exclude<VerdictClass, "expired-allowance">;
  /** Null with `ok`. */
  readonly cause: string | null;
}

/** What bytes are judged against. */
export interface Expectation {
  readonly digests: Job["digests"];
  readonly sizeBytes: number | null;
  readonly mediaType: string | null;
}

const OK: Judgement = { class: "ok", cause: null };
const GONE = new Set([404, 410]);
const DENIED = new Set([401, 402, 403, 451]);
/** Causes that our own run has, and no server. */
const OWN_CAUSES = new Set(["cancelled", "run-timeout"]);

/** The class of a transfer; `drift` only where a whole body was hashed that was no page and in no other coding. */
export function judgeTransfer(transfer: Transfer, expected: Expectation): Judgement {
  const { end } = transfer;
  if (end.kind === "whole" && matchDigests(expected.digests, end.digests))
    return judgeSize(transfer, expected);
  return judgeFailure(transfer, expected.mediaType) ?? judgeDifference(transfer, expected);
}

/** The class of a transfer that brought no bytes worth comparing; null where it did. */
export function judgeFailure(
  transfer: Transfer,
  mediaType: string | null,
): {
  readonly class: Exclude<Judgement["class"], "ok" | "drift" | "size-mismatch">;
  readonly cause: string;
} | null {
  const { end, head, body } = transfer;
  switch (end.kind) {
    case "refused":
      return { class: "blocked", cause: end.refusal };
    case "status":
      return judgeStatus(end.status);
    case "failed":
      return judgeCut(end);
    case "unchanged":
      // Whoever asks for that takes it before it comes here.
      return { class: "unreachable", cause: "status-304" };
    case "whole":
    case "another-size":
    case "beyond-limit":
      if (head !== null && isEncoded(head)) return { class: "blocked", cause: "content-encoding" };
      if (
        !isPage(mediaType, new Uint8Array()) &&
        isPage(head?.headers["content-type"] ?? null, body.sample)
      ) {
        return { class: "not-an-artifact", cause: "html" };
      }
      return end.kind === "beyond-limit" ? { class: "blocked", cause: "larger-than-limit" } : null;
  }
}

function judgeDifference({ body }: Transfer, expected: Expectation): Judgement {
  if (body.hasAnotherSize) return { class: "size-mismatch", cause: "size" };
  const { sizeBytes } = expected;
  if (sizeBytes !== null && body.receivedBytes !== sizeBytes)
    return { class: "size-mismatch", cause: "size" };
  return { class: "drift", cause: body.receivedBytes === 0 ? "empty-body" : "digest" };
}

function judgeSize({ body }: Transfer, { sizeBytes }: Expectation): Judgement {
  return sizeBytes === null || sizeBytes === body.receivedBytes
    ? OK
    : { class: "size-mismatch", cause: "size" };
}

function judgeStatus(status: number) {
  const cause = `status-${status}`;
  if (GONE.has(status)) return { class: "gone", cause } as const;
  return { class: DENIED.has(status) ? "denied" : "unreachable", cause } as const;
}

function judgeCut({ cause, hasBegun }: Extract<TransferEnd, { readonly kind: "failed" }>) {
  // What a name resolved to was refused.
  if (cause === "private-address") return { class: "blocked", cause } as const;
  return { class: hasBegun && !OWN_CAUSES.has(cause) ? "truncated" : "unreachable", cause } as const;
}
