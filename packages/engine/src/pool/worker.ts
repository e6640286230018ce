import { fingerprintManifests } from "./fingerprint.ts";
import type { Answer, FingerprintAnswer, FingerprintTask, Task } from "./task.ts";

// A thread that ends itself answers nobody, and its manifest would be waited for until its time is up.
const exit = process.exit;
process.exit = (code) => {
  throw new Error(`a definition called process.exit(${String(code ?? "")})`);
};
// Node itself exits so after an error that nobody caught; that one is reported.
process.on("uncaughtExceptionMonitor", () => {
  process.exit = exit;
});

/** What runs in a worker thread, one task at a time. A thread loads what its tasks need: most explain nothing. */
export default async function work(task: Task): Promise<Answer> {
  switch (task.task) {
    case "list":
      return (await import("../generators/module-images.ts")).listImages(task.source);
    case "fingerprint":
      return giveAway(task, await fingerprintManifests(task));
    case "describe":
      return (await import("./description.ts")).describePairs(task);
    case "sketch":
      return (await import("./description.ts")).sketchDocuments(task);
  }
}

/**
 * An answer whose sealed entries go to the main thread without being copied. Only those about files, of which there are
 * many: what a definition left behind gets no moment to run between its manifest and the answer.
 */
async function giveAway(
  { manifests }: FingerprintTask,
  answer: FingerprintAnswer,
): Promise<FingerprintAnswer> {
  if (manifests.some(({ source }) => source.kind === "module")) return answer;
  const buffers = answer.sealed.filter(({ entries }) => entries.length > 0).map(({ bytes }) => bytes.buffer);
  if (buffers.length === 0) return answer;
  const { Tinypool } = await import("tinypool");
  const movable = { [Tinypool.transferableSymbol]: buffers, [Tinypool.valueSymbol]: answer };
  // What runs this takes the answer out of it.
  return Tinypool.move(movable as never) as unknown as FingerprintAnswer;
}
