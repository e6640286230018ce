import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

type Collect = (options: { readonly type: "minor" }) => void;

/** So many bytes of received buffers are let go before they are collected. */
const COLLECT_BYTES = 8 * 2 ** 20;

let lettingGoBytes = 0;
let collect: Collect | undefined;

/**
 * Tells that so many bytes of a received buffer are needed no more. V8 waits for some 60 MB of memory outside of its heap
 * before it looks for what nobody uses; to collect young buffers earlier is cheap, and they are then used again while
 * they are in the processor's cache.
 */
export function letGo(bytes: number): void {
  lettingGoBytes += bytes;
  if (lettingGoBytes < COLLECT_BYTES) return;
  lettingGoBytes = 0;
  collect ??= openCollector();
  collect({ type: "minor" });
}

/** Node shows the collector only to contexts that are made after the flag. */
function openCollector(): Collect {
  setFlagsFromString("--expose-gc");
  const found: unknown = runInNewContext("globalThis.gc");
  return typeof found === "function" ? (found as Collect) : () => undefined;
}
