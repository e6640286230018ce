import type { ExecutorContext, TaskGraph } from "@nx/devkit";
import { runBatch, runSingle, type BatchResult } from "./task.ts";

/** The `check` target of one family. */
export default function checkFamily(
  options: unknown,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  return runSingle("check", options, context);
}

/** The `check` targets of all families of a run, in one process. */
export function checkBatch(
  taskGraph: TaskGraph,
  options: Readonly<Record<string, unknown>>,
  _overrides: unknown,
  context: ExecutorContext,
): AsyncGenerator<BatchResult, void> {
  return runBatch("check", taskGraph, { options, context });
}
