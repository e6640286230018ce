import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { RunEvent, RunSummary, WorkSpan } from "@imagegate/engine";
import { formatJson } from "../shell/json.ts";
import type { Shell } from "../shell/shell.ts";

/** What a family's run took: its manifests in the order in which they were consumed. */
export interface FamilyTrace {
  readonly family: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly manifests: readonly { readonly name: string; readonly span: WorkSpan }[];
}

/** Notes when a family's manifests were worked on; call `end` once. */
export function recordTrace(family: string): {
  readonly onEvent: (event: RunEvent) => void;
  readonly end: () => FamilyTrace;
} {
  const startedAtMs = now();
  const manifests: { readonly name: string; readonly span: WorkSpan }[] = [];
  return {
    onEvent: (event) => {
      if (event.kind !== "manifest-done" || event.span === null) return;
      manifests.push({ name: event.name, span: event.span });
    },
    end: () => ({ family, startedAtMs, endedAtMs: now(), manifests }),
  };
}

/** What is written of a run. */
interface TimedRun {
  readonly reports: readonly { readonly family: string; readonly summary: RunSummary }[];
  readonly traces: readonly FamilyTrace[];
}

/**
 * Writes the figures of a run to `file` and a trace that Chrome and Perfetto show beside it, if they were asked for;
 * false, and a message, when that failed.
 */
export async function writeTimings(
  file: string | undefined,
  { reports, traces }: TimedRun,
  shell: Shell,
): Promise<boolean> {
  if (file === undefined) return true;
  const path = resolve(shell.cwd, file);
  const families = reports.map(({ family, summary }) => ({ family, ...summary }));
  const figures = await writeJson(path, { families }, shell);
  return figures && writeJson(tracePath(path), formatTrace(traces), shell);
}

/** Beside the figures: `timings.json` goes with `timings.trace.json`. */
function tracePath(path: string): string {
  return `${path.replace(/\.json$/, "")}.trace.json`;
}

async function writeJson(path: string, value: unknown, shell: Shell): Promise<boolean> {
  try {
    await writeFile(path, `${formatJson(value)}\n`);
    return true;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "UNKNOWN";
    await shell.fail({ reason: "write-failed", path, code, cause });
    return false;
  }
}

/** Complete events of the Trace Event Format, in microseconds from the first: families on the main thread's lane. */
export function formatTrace(traces: readonly FamilyTrace[]): object {
  const origin = Math.min(...traces.map(({ startedAtMs }) => startedAtMs));
  const event = (name: string, family: string, { thread, startedAtMs, durationMs }: WorkSpan): object => ({
    ...{ name, cat: thread === 0 ? "family" : "manifest", ph: "X", pid: 1, tid: thread },
    ...{ ts: microseconds(startedAtMs - origin), dur: microseconds(durationMs), args: { family } },
  });
  const traceEvents = traces.flatMap(({ family, startedAtMs, endedAtMs, manifests }) => [
    event(family, family, { thread: 0, startedAtMs, durationMs: endedAtMs - startedAtMs }),
    ...manifests.map(({ name, span }) => event(name, family, span)),
  ]);
  return { displayTimeUnit: "ms", traceEvents };
}

function microseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1000);
}

/** On the clock of `WorkSpan`. */
function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
