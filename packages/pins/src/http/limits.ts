/** What bounds a run and each of its transfers. */
export interface Limits {
  readonly runTimeoutMs: number;
  /** All attempts at one url together. */
  readonly transferTimeoutMs: number;
  readonly connectTimeoutMs: number;
  /** A body that brings fewer than `idleBytes` in so many milliseconds has stalled. */
  readonly idleTimeoutMs: number;
  readonly idleBytes: number;
  /** Of a body whose size no pin says. */
  readonly maxBytes: number;
  readonly maxHeaderBytes: number;
  readonly maxRedirects: number;
  /** Requests at one url at most, those that went on after a cut included. */
  readonly maxRequests: number;
}

const MINUTE_MS = 60_000;

/** The limits of a run that names none. */
export const LIMITS: Limits = {
  runTimeoutMs: 5 * 60 * MINUTE_MS,
  transferTimeoutMs: 2 * 60 * MINUTE_MS,
  connectTimeoutMs: 10_000,
  idleTimeoutMs: 20_000,
  idleBytes: 1024,
  maxBytes: 64 * 2 ** 30,
  maxHeaderBytes: 64 * 1024,
  maxRedirects: 10,
  maxRequests: 32,
};

/** A timer of Node that is set for longer fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The limits of a run: those that it names, the usual ones for the others, and no time that a timer cannot take. */
export function limitsOf(named: Partial<Limits>): Limits {
  const limits = { ...LIMITS, ...named };
  return {
    ...limits,
    runTimeoutMs: boundTime(limits.runTimeoutMs),
    transferTimeoutMs: boundTime(limits.transferTimeoutMs),
    connectTimeoutMs: boundTime(limits.connectTimeoutMs),
    idleTimeoutMs: boundTime(limits.idleTimeoutMs),
  };
}

function boundTime(ms: number): number {
  return Math.min(ms, LONGEST_TIMER_MS);
}
