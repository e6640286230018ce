import { listImages } from "../generators/module-images.ts";
import { fingerprintManifest } from "./fingerprint.ts";
import { describePairs, sketchDocuments } from "./description.ts";
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

/** What runs in a worker thread; one task at a time. */
export default async function work(task: Task): Promise<Answer> {
  switch (task.task) {
    case "list":
      return listImages(task.source);
    case "fingerprint":
      return fingerprintManifest(task);
    case "describe":
      return describePairs(task);
    case "sketch":
      return sketchDocuments(task);
  }
}
