import type { Pin } from "../pin/pin.ts";
import { transfer, type Transfer } from "../http/transfer.ts";
import { applyAllowance } from "./allowance.ts";
import { evidenceOf, NO_EVIDENCE } from "./evidence.ts";
import { judgeTransfer, type Judgement } from "./judge.ts";
import { matchDigests, planJobs, targetsOf, type Job, type Target } from "./plan.ts";
import { openRun, type Run, type RunOptions } from "./run.ts";
import type { Evidence, Method, PinVerdict, Verification } from "./verdict.ts";

/** What a verification may choose. */
export interface VerifyOptions extends RunOptions {
  /** Called with each verdict as it is found, in no particular order. */
  readonly onVerdict?: (verdict: PinVerdict) => void;
}

/** What a job found out about each of its targets. */
interface Finding {
  readonly judge: (target: Target) => Judgement;
  readonly method: Method;
  readonly evidence: Evidence;
  readonly attempts: number;
  readonly downloadedBytes: number;
  readonly durationMs: number;
}

/** Whether the bytes at every url of every pin are still what was pinned; each url and set of digests is loaded once. */
export async function verifyPins(pins: readonly Pin[], options: VerifyOptions): Promise<Verification> {
  const startedAt = performance.now();
  const run = openRun(options);
  try {
    const targets = targetsOf(pins);
    const found = new Map<Target, PinVerdict>();
    const findings = await Promise.all(
      planJobs(targets).map(async (job) => {
        const finding = await run.schedule(job.url, () => work(job, run));
        for (const target of job.targets) {
          const verdict = verdictOn(target, finding, run);
          found.set(target, verdict);
          options.onVerdict?.(verdict);
        }
        return finding;
      }),
    );
    return {
      verdicts: targets.map((target) => found.get(target)).filter((verdict) => verdict !== undefined),
      downloadedBytes: findings.reduce((sum, { downloadedBytes }) => sum + downloadedBytes, 0),
      downloads: findings.filter(({ method }) => method === "hashed").length,
      durationMs: performance.now() - startedAt,
      isProxied: run.network.isProxied,
    };
  } finally {
    await run.close();
  }
}

async function work(job: Job, run: Run): Promise<Finding> {
  const startedAt = performance.now();
  const finding = await findOut(job, run);
  return { ...finding, durationMs: performance.now() - startedAt };
}

async function findOut(job: Job, run: Run): Promise<Omit<Finding, "durationMs">> {
  if (!URL.canParse(job.url)) {
    const judgement = { class: "blocked", cause: "not-a-url" } as const;
    return { judge: () => judgement, method: "none", evidence: NO_EVIDENCE, attempts: 0, downloadedBytes: 0 };
  }
  return findingOf(job, await load(job, run));
}

function load({ url, digests, sizes }: Job, run: Run): Promise<Transfer> {
  const request = {
    url: new URL(url),
    algorithms: digests.map(({ algorithm }) => algorithm),
    sizes,
    maxBytes: run.limits.maxBytes,
    keeper: null,
    matches: matchDigests.bind(null, digests),
    known: null,
  };
  return transfer(request, run);
}

function findingOf(job: Job, transferred: Transfer): Omit<Finding, "durationMs"> {
  return {
    judge: ({ pin }) => judgeTransfer(transferred, pin),
    method: transferred.end.kind === "whole" ? "hashed" : "none",
    evidence: evidenceOf(job.url, transferred),
    attempts: transferred.requests,
    downloadedBytes: transferred.body.downloadedBytes,
  };
}

function verdictOn(target: Target, finding: Finding, { pacing }: Run): PinVerdict {
  const { judge, method, evidence, attempts, durationMs } = finding;
  const judgement = judge(target);
  const allowed = applyAllowance(judgement.class, target.pin.allowance, pacing.now());
  return { ...target, ...allowed, method, cause: judgement.cause, evidence, attempts, durationMs };
}
