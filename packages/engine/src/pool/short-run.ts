import { setFlagsFromString } from "node:v8";

/** The threads of a process that lives for seconds. */
export interface ShortRun {
  /** How many start at once. */
  readonly threads: number;
  /** How many have loaded their code: one number, which all of them share. */
  readonly loaded: Int32Array;
}

/** A run of that many threads, none of which has loaded its code. */
export function openShortRun(threads: number): ShortRun {
  return { threads, loaded: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) };
}

/**
 * Called by each thread when it has loaded its code; the last one tells V8, for the whole process. Until then, Node's
 * own modules come out of a cache that V8 takes under the flags only that it was made with.
 */
export function countLoadedThread({ threads, loaded }: ShortRun): void {
  if (Atomics.add(loaded, 0, 1) + 1 === threads) expectShortRun();
}

/**
 * A quarter of a first check was V8 optimising code that hardly ran again (docs/performance.md); with these it waits for
 * hotter code, and inlines less into it. Measured with Node 20: later versions have other flags, or other compilers.
 */
function expectShortRun(): void {
  if (!process.version.startsWith("v20.")) return;
  setFlagsFromString("--interrupt-budget=300000");
  setFlagsFromString("--max-inlined-bytecode-size-cumulative=200");
}
