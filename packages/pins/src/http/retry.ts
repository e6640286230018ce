import { readRetryAfter } from "@imagegate/forge";
import type { AnswerHead } from "./answer.ts";

/** How long a server wants us to stay away; null where it does not say. */
export interface Invitation {
  readonly waitMs: number | null;
}

/** Whether an answer invites another try: 408, 429, 5xx, and a 403 that is a rate limit. Null for any other. */
export function inviteRetry({ status, headers }: AnswerHead, nowMs: number): Invitation | null {
  const waitMs = readRetryAfter(headers["retry-after"], nowMs);
  const isTransient =
    status === 408 || status === 429 || status >= 500 || (status === 403 && waitMs !== null);
  return isTransient ? { waitMs } : null;
}
