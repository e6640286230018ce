import type { Transfer } from "../http/transfer.ts";
import { evidenceOf, NO_EVIDENCE } from "./evidence.ts";
import { judgeTransfer, type Judgement } from "./judge.ts";
import { matchDigests, type Job, type Target } from "./plan.ts";
import type { Evidence, Method } from "./verdict.ts";

/** What was found out about a job, for each of its targets to be judged by. */
export interface Finding {
  readonly judge: (target: Target) => Judgement;
  readonly method: Method;
  readonly evidence: Evidence;
  readonly attempts: number;
  readonly downloadedBytes: number;
}

/** What a transfer found out. */
export function transferFinding(job: Job, transferred: Transfer): Finding {
  return {
    judge: ({ pin }) => judgeTransfer(transferred, pin),
    method: transferred.end.kind === "whole" ? "hashed" : "none",
    evidence: evidenceOf(job.url, transferred, isPinned(job, transferred)),
    attempts: transferred.requests,
    downloadedBytes: transferred.body.downloadedBytes,
  };
}

/** Whether a transfer brought what was pinned. */
export function isPinned({ digests }: Job, { end }: Transfer): boolean {
  return end.kind === "whole" && matchDigests(digests, end.digests);
}

/** What is known to be what was pinned without its bytes being read; its size is held against each pin's. */
export function knownFinding(
  { digests }: Job,
  method: Exclude<Method, "hashed" | "none">,
  seen: { readonly sizeBytes: number; readonly attempts: number; readonly evidence?: Partial<Evidence> },
): Finding {
  const { sizeBytes, attempts } = seen;
  return {
    judge: ({ pin }) =>
      pin.sizeBytes === null || pin.sizeBytes === sizeBytes
        ? { class: "ok", cause: null }
        : { class: "size-mismatch", cause: "size" },
    method,
    evidence: { ...NO_EVIDENCE, digests, sizeBytes, ...seen.evidence },
    attempts,
    downloadedBytes: 0,
  };
}

/** A job that is not asked for. */
export function refusedFinding(cause: string): Finding {
  const judgement = { class: "blocked", cause } as const;
  return { judge: () => judgement, method: "none", evidence: NO_EVIDENCE, attempts: 0, downloadedBytes: 0 };
}
