import { cpus } from "node:os";

/** The processors of the machine. */
export interface Processors {
  /** How many of them nobody else used lately: a number of processors, `Infinity` as long as that is not known. */
  free(): number;
}

/** Times since some moment, in milliseconds. */
export interface ProcessorTimes {
  /** Of all processors together; null where the system does not say. */
  readonly idleMs: number | null;
  /** What this process used of them. */
  readonly ownMs: number;
}

/** Over a shorter time nothing can be said: systems count in steps of 10 ms. */
const SHORTEST_SPAN_MS = 200;

/** Looks at the machine when it is asked, and never before. In a container it sees all of the machine, too. */
export function openProcessors(
  look: () => ProcessorTimes = lookAtMachine,
  clock: () => number = () => performance.now(),
): Processors {
  let before: { readonly atMs: number; readonly times: ProcessorTimes } | undefined;
  let known = Number.POSITIVE_INFINITY;
  const free = (): number => {
    const atMs = clock();
    // A look reads something of each processor, and the answer would be the same.
    if (before !== undefined && atMs - before.atMs < SHORTEST_SPAN_MS) return known;
    const times = look();
    if (before !== undefined && times.idleMs !== null && before.times.idleMs !== null) {
      const ours = times.ownMs - before.times.ownMs;
      known = (times.idleMs - before.times.idleMs + ours) / (atMs - before.atMs);
    }
    before = { atMs, times };
    return known;
  };
  return { free };
}

function lookAtMachine(): ProcessorTimes {
  const idleMs = cpus().map(({ times }) => times.idle);
  const { user, system } = process.cpuUsage();
  return {
    idleMs: idleMs.length === 0 ? null : idleMs.reduce((sum, idle) => sum + idle, 0),
    ownMs: (user + system) / 1_000,
  };
}
