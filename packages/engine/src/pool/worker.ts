import { fingerprintManifests } from "./fingerprint.ts";
import { countLoadedThread, type ShortRun } from "./short-run.ts";
import type { Answer, Task } from "./task.ts";

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
      return fingerprintManifests(task);
    case "describe":
      return (await import("./description.ts")).describePairs(task);
    case "sketch":
      return (await import("./description.ts")).sketchDocuments(task);
  }
}

const shortRun = process["__tinypool_state__"]?.workerData as ShortRun | undefined;
if (shortRun !== undefined) countLoadedThread(shortRun);
