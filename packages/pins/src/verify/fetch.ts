import type { DigestAlgorithm } from "../pin/pin.ts";
import { transfer } from "../http/attempts.ts";
import type { Transfer } from "../http/transfer.ts";
import { evidenceOf, NO_EVIDENCE } from "./evidence.ts";
import { judgeFailure } from "./judge.ts";
import { openRun, type Run, type RunOptions } from "./run.ts";
import type { Evidence, VerdictClass } from "./verdict.ts";

/** A url, and what its bytes are to be hashed with. */
export interface FetchTarget {
  readonly url: string;
  readonly algorithms: readonly DigestAlgorithm[];
}

/** What the bytes at a url hash to today, or why nobody can say. */
export type FetchedDigests =
  | (Evidence & { readonly url: string; readonly class: "fetched" })
  | {
      readonly url: string;
      readonly class: Exclude<VerdictClass, "ok" | "drift" | "size-mismatch" | "expired-allowance">;
      readonly cause: string;
      readonly evidence: Evidence;
    };

/**
 * Loads each url whole, in one piece and without an expectation, in the order given. What only the end of the connection
 * delimits is `truncated`: a new pin must not stand on a cut.
 */
export async function fetchDigests(
  targets: readonly FetchTarget[],
  options: RunOptions,
): Promise<readonly FetchedDigests[]> {
  const run = openRun(options);
  try {
    return await Promise.all(targets.map((target) => run.schedule(target.url, () => fetchOne(target, run))));
  } finally {
    await run.close();
  }
}

async function fetchOne({ url, algorithms }: FetchTarget, run: Run): Promise<FetchedDigests> {
  if (!URL.canParse(url)) return { url, class: "blocked", cause: "not-a-url", evidence: NO_EVIDENCE };
  const { maxBytes } = run.limits;
  const expectation = { sizes: null, matches: null, keeper: null, known: null };
  return describe(url, await transfer({ url: new URL(url), algorithms, maxBytes, ...expectation }, run));
}

function describe(url: string, transferred: Transfer): FetchedDigests {
  const evidence = evidenceOf(url, transferred, false);
  const failure = judgeFailure(transferred, null);
  return failure === null ? { ...evidence, url, class: "fetched" } : { url, ...failure, evidence };
}
