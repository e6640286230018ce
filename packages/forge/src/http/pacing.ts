import { setTimeout as sleep } from "node:timers/promises";

/** How patient we are with a service. */
export interface Pacing {
  /** How often a request is sent at most. */
  readonly attempts: number;
  /** The wait before the second attempt; each further one is twice as long. */
  readonly firstWaitMs: number;
  /** A service that asks for a longer wait is told of instead. */
  readonly maxWaitMs: number;
  /** The bound of one attempt. */
  readonly timeoutMs: number;
  readonly now: () => number;
  /** Comes back early when the signal fires. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** The pacing of a run. */
export const PACING: Pacing = {
  attempts: 4,
  firstWaitMs: 1_000,
  maxWaitMs: 60_000,
  timeoutMs: 30_000,
  now: Date.now,
  sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
};

/** The wait after this many attempts. */
export function backOffMs({ firstWaitMs, maxWaitMs }: Pacing, attempts: number): number {
  return Math.min(firstWaitMs * 2 ** (attempts - 1), maxWaitMs);
}
