import type { Pin } from "../pin/pin.ts";
import { applyAllowance } from "./allowance.ts";
import type { Finding } from "./finding.ts";
import { findOut, type FindingOptions } from "./inquiry.ts";
import { planJobs, targetsOf, type Job, type Target } from "./plan.ts";
import { openRun, type Run, type RunOptions } from "./run.ts";
import type { PinVerdict, Verification } from "./verdict.ts";

/** What a verification may choose. */
export interface VerifyOptions extends RunOptions, FindingOptions {
  /** Called with each verdict as it is found, in no particular order. */
  readonly onVerdict?: (verdict: PinVerdict) => void;
}

interface Timed {
  readonly finding: Finding;
  readonly durationMs: number;
}

/** Whether the bytes at every url of every pin are still what was pinned; each url and set of digests is loaded once. */
export async function verifyPins(pins: readonly Pin[], options: VerifyOptions): Promise<Verification> {
  const startedAt = performance.now();
  const run = openRun(options);
  try {
    const targets = targetsOf(pins);
    const verdicts = new Map<Target, PinVerdict>();
    const work = async (job: Job): Promise<Finding> => {
      const timed = await run.schedule(job.url, () => timeFinding(job, options, run));
      for (const target of job.targets) {
        const verdict = verdictOn(target, timed, run);
        verdicts.set(target, verdict);
        options.onVerdict?.(verdict);
      }
      return timed.finding;
    };
    const findings = await Promise.all(planJobs(targets).map(work));
    return {
      verdicts: targets.flatMap((target) => verdicts.get(target) ?? []),
      downloadedBytes: findings.reduce((sum, { downloadedBytes }) => sum + downloadedBytes, 0),
      downloads: findings.filter(({ method }) => method === "hashed").length,
      durationMs: performance.now() - startedAt,
      isProxied: [...verdicts.values()].some(({ evidence }) => evidence.isProxied),
    };
  } finally {
    await run.close();
  }
}

async function timeFinding(job: Job, options: VerifyOptions, run: Run): Promise<Timed> {
  const startedAt = performance.now();
  const finding = await findOut(job, options, run);
  return { finding, durationMs: performance.now() - startedAt };
}

function verdictOn(target: Target, { finding, durationMs }: Timed, { pacing }: Run): PinVerdict {
  const { judge, method, evidence, attempts } = finding;
  const judgement = judge(target);
  const allowed = applyAllowance(judgement.class, target.pin.allowance, pacing.now());
  return { ...target, ...allowed, method, cause: judgement.cause, evidence, attempts, durationMs };
}
