import { setFlagsFromString } from "node:v8";

/**
 * Tells V8 that this process lives for seconds. A quarter of a first check was V8 optimising code that hardly ran again
 * (docs/performance.md); with these it waits for hotter code, and inlines less into it. For processes that do nothing
 * but one command of ours, once their threads run: Node's own modules come out of a cache that V8 takes under the flags
 * only that it was made with. Measured with Node 20: later versions have other flags, or other compilers.
 */
export function expectShortRun(): void {
  if (!process.version.startsWith("v20.")) return;
  setFlagsFromString("--interrupt-budget=200000");
  setFlagsFromString("--max-inlined-bytecode-size-cumulative=300");
}
