import { listImages } from "../generators/module-images.ts";
import { fingerprintManifest } from "./fingerprint.ts";
import type { FingerprintAnswer, FingerprintTask, ListAnswer, ListTask } from "./task.ts";

/** What runs in a worker thread; one task at a time. */
export default async function work(
  task: ListTask | FingerprintTask,
): Promise<ListAnswer | FingerprintAnswer> {
  return task.task === "list" ? listImages(task.source) : fingerprintManifest(task);
}
