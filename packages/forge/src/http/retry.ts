import type { HttpAnswer, HttpOutcome } from "./transport.ts";

/**
 * What a request does to the service: nothing, something that a second time changes nothing (`settle`), or something
 * that a second time would do once more (`add`).
 */
export type Effect = "read" | "settle" | "add";

/** Whether an attempt may be followed by another one, and how long the service wants us to wait. */
export type Verdict =
  | { readonly kind: "final" }
  | {
      readonly kind: "transient";
      /** Whether the service said that it was too much. */
      readonly isRateLimit: boolean;
      /** Null where the service said nothing. */
      readonly waitMs: number | null;
    };

const FINAL: Verdict = { kind: "final" };
const TRANSIENT_STATUSES = new Set([408, 500, 502, 503, 504]);
/** Nothing was sent. */
const UNSENT_CODES = new Set(["ECONNREFUSED", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);
const CUT_CODES = new Set([
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EPIPE",
  "ETIMEDOUT",
  "UND_ERR_BODY_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_SOCKET",
]);

/** Whether an outcome's cause may pass by itself; a request that was refused is never sent again. */
export function judgeOutcome(outcome: HttpOutcome, nowMs: number): Verdict {
  switch (outcome.kind) {
    case "answered":
      return judgeAnswer(outcome.answer, nowMs);
    case "failed":
      return UNSENT_CODES.has(outcome.code) || CUT_CODES.has(outcome.code) ? transient(null) : FINAL;
    case "timed-out":
      return transient(null);
    case "too-large":
    case "cancelled":
      return FINAL;
  }
}

/** Whether a request may be sent again after this outcome: what adds something only when it surely did not arrive. */
export function mayRepeat(outcome: HttpOutcome, verdict: Verdict, effect: Effect): boolean {
  if (verdict.kind === "final") return false;
  if (effect !== "add" || verdict.isRateLimit) return true;
  return outcome.kind === "failed" && UNSENT_CODES.has(outcome.code);
}

function judgeAnswer({ status, headers }: HttpAnswer, nowMs: number): Verdict {
  const asked = readRetryAfter(headers["retry-after"], nowMs);
  const isUsedUp = headers["x-ratelimit-remaining"] === "0";
  if (status === 429 || (status === 403 && (asked !== null || isUsedUp))) {
    return { ...transient(asked ?? readReset(headers, isUsedUp, nowMs)), isRateLimit: true };
  }
  return TRANSIENT_STATUSES.has(status) ? transient(asked) : FINAL;
}

function transient(waitMs: number | null) {
  return { kind: "transient", isRateLimit: false, waitMs } as const;
}

/** What `Retry-After` asks for in milliseconds, given as seconds or a date (RFC 9110 §10.2.3); null for nothing. */
export function readRetryAfter(value: string | undefined, nowMs: number): number | null {
  if (value === undefined) return null;
  if (/^[0-9]{1,9}$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

/** GitHub's and GitLab's reset are seconds since 1970. */
function readReset(headers: HttpAnswer["headers"], isUsedUp: boolean, nowMs: number): number | null {
  const reset = headers["x-ratelimit-reset"] ?? headers["ratelimit-reset"] ?? "";
  return isUsedUp && /^[0-9]{1,12}$/.test(reset) ? Math.max(0, Number(reset) * 1000 - nowMs) : null;
}
