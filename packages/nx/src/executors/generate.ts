import type { ExecutorContext, TaskGraph } from "@nx/devkit";
import { runBatch, runSingle, type BatchResult } from "./task.ts";

/** The `generate` target of one family. */
export default function generateFamily(
  options: unknown,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  return runSingle("generate", options, context);
}

/** The `generate` targets of all families of a run, in one process. */
export function generateBatch(
  taskGraph: TaskGraph,
  options: Readonly<Record<string, unknown>>,
  _overrides: unknown,
  context: ExecutorContext,
): AsyncGenerator<BatchResult, void> {
  return runBatch("generate", taskGraph, { options, context });
}
