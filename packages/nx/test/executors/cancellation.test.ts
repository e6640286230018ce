import { expect, test } from "vitest";
import { listenForCancellation } from "../../src/executors/cancellation.ts";

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s cancels, until the listener is closed", (name) => {
  const before = process.listenerCount(name);
  const cancellation = listenForCancellation();
  process.emit(name);
  expect(cancellation.signal.aborted).toBe(true);
  cancellation.close();
  expect(process.listenerCount(name)).toBe(before);
});
