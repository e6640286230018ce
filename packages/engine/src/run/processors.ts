import { cpus } from "node:os";

/** The processors of the machine. */
export interface Processors {
  /** How many of them nobody else used lately: a number of processors, `Infinity` as long as that is not known. */
  free(): number;
}

/** Times since some moment, in milliseconds. */
export interface ProcessorTimes {
  readonly atMs: number;
  /** Of all processors together; null where the system does not say. */
  readonly idleMs: number | null;
  /** What this process used of them. */
  readonly ownMs: number;
}

/** Over a shorter time nothing can be said: systems count in steps of 10 ms. */
const SHORTEST_SPAN_MS = 200;

/** Looks at the machine when it is asked, and never before. In a container it sees all of the machine, too. */
export function openProcessors(look: () => ProcessorTimes = lookAtMachine): Processors {
  let before: ProcessorTimes | undefined;
  let known = Number.POSITIVE_INFINITY;
  const free = (): number => {
    const now = look();
    before ??= now;
    const spanMs = now.atMs - before.atMs;
    if (spanMs < SHORTEST_SPAN_MS) return known;
    if (now.idleMs !== null && before.idleMs !== null)
      known = (now.idleMs - before.idleMs + now.ownMs - before.ownMs) / spanMs;
    before = now;
    return known;
  };
  return { free };
}

function lookAtMachine(): ProcessorTimes {
  const idleMs = cpus().map(({ times }) => times.idle);
  const { user, system } = process.cpuUsage();
  return {
    atMs: performance.now(),
    idleMs: idleMs.length === 0 ? null : idleMs.reduce((sum, idle) => sum + idle, 0),
    ownMs: (user + system) / 1_000,
  };
}
