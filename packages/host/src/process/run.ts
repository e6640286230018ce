import { setMaxListeners } from "node:events";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { endGroup, trackGroup } from "./group.ts";
import { OutputReader, type LineSink, type OutputEnd, type StdoutReader } from "./output.ts";
import type { ProcessOutcome } from "./outcome.ts";
import { DroppedOutput, readSeldom } from "./seldom.ts";
import { startProcess, type Argv, type Exit, type StartedProcess, type StartOptions } from "./start.ts";
import { Tail } from "./tail.ts";

/** How a process is started, bounded and ended. */
export interface ProcessOptions extends StartOptions {
  /** No bound by default. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** How long the processes of the group may take to end after SIGTERM, before SIGKILL; 2 s by default. */
  readonly graceMs?: number;
  /** How long the pipes may stay open and silent once the program itself has exited; 2 s by default. */
  readonly drainMs?: number;
  /** 64 MiB by default; with `onStdoutLine` no bound by default. */
  readonly maxStdoutBytes?: number;
  /** The bound of a line, its `\n` not counted; 64 MiB by default. */
  readonly maxLineBytes?: number;
  /** How much of the end of stderr is kept; 64 KiB by default. */
  readonly maxStderrBytes?: number;
  /**
   * Receives stdout line by line instead of keeping it; a last line without `\n` counts, an empty one does not.
   * When it throws, the process is ended and `runProcess` rejects with what it threw.
   */
  readonly onStdoutLine?: LineSink;
}

type Cause =
  | { readonly kind: "timed-out"; readonly timeoutMs: number }
  | { readonly kind: "cancelled" }
  | Extract<OutputEnd, { kind: "too-large" }>
  | { readonly kind: "held-open"; readonly exit: Exit }
  | { readonly kind: "ended"; readonly exit: Exit };

const DEFAULT_GRACE_MS = 2000;
const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;
const DEFAULT_MAX_STDERR_BYTES = 64 * 1024;
const DEFAULT_DRAIN_MS = 2000;
const MAX_TIMER_MS = 2 ** 31 - 1;
/** Turns of the event loop in which pipes of 64 KiB, read a chunk a turn, are empty. */
const LAST_TURNS = 4;

/**
 * Runs a program to its end and says what became of it.
 * No process of its group outlives the call, grandchildren included; POSIX only.
 * A program that ends without reading its input is no error by itself.
 */
export async function runProcess(argv: Argv, options: ProcessOptions = {}): Promise<ProcessOutcome> {
  const startedAt = performance.now();
  if (options.signal?.aborted) {
    return { kind: "cancelled", stdout: new Uint8Array(), stderr: "", durationMs: 0 };
  }
  const started = await startProcess(argv, options);
  if (!started.ok) return started.failure;
  return superviseProcess(started.value, options, startedAt);
}

async function superviseProcess(
  child: StartedProcess,
  options: ProcessOptions,
  startedAt: number,
): Promise<ProcessOutcome> {
  const graceMs = options.graceMs ?? DEFAULT_GRACE_MS;
  const drainMs = options.drainMs ?? DEFAULT_DRAIN_MS;
  trackGroup(child.pid);
  const listening = listen(child, options);
  const { output, stderr } = listening;
  const stop = new AbortController();
  try {
    const cause = await Promise.race([
      naturalEnd(child, { ...listening, drainMs, stop: stop.signal }),
      ...interruptions(options, stop.signal),
    ]);
    await endProcess(child, listening, graceMs);
    const { stdout } = await output;
    return outcomeOf(cause, { stdout, stderr: stderr.text(), durationMs: performance.now() - startedAt });
  } catch (error) {
    await endProcess(child, listening, graceMs);
    throw error;
  } finally {
    stop.abort();
  }
}

/** What is being read of a process. */
interface Listening {
  readonly reader: StdoutReader;
  readonly output: Promise<OutputEnd>;
  readonly stderr: Tail;
  readonly stderrClosed: Promise<unknown>;
  /** From here on nothing waits. */
  readonly hurry: () => void;
}

function listen(child: StartedProcess, options: ProcessOptions): Listening {
  const stderr = new Tail(options.maxStderrBytes ?? DEFAULT_MAX_STDERR_BYTES);
  const takeStderr = (chunk: Buffer): void => stderr.push(chunk);
  if (options.stdout !== "drop") {
    const reader = new OutputReader(child.stdout, outputBounds(options));
    const stderrClosed = followStderr(child, takeStderr);
    return { reader, output: reader.read(), stderr, stderrClosed, hurry: () => {} };
  }
  const hurrying = new AbortController();
  const hurry = (): void => hurrying.abort();
  void child.exited.then(hurry);
  const wait = (ms: number): Promise<undefined> => pause(ms, hurrying.signal);
  const reader = new DroppedOutput(child.stdout, wait);
  const stderrClosed = readSeldom(child.stderr, takeStderr, wait);
  return { reader, output: reader.read(), stderr, stderrClosed, hurry };
}

/** Stderr stays open longest, for what a program says when it is told to end. */
async function endProcess(child: StartedProcess, { hurry }: Listening, graceMs: number): Promise<void> {
  hurry();
  child.stdout.destroy();
  await endGroup(child.pid, graceMs);
  // After a busy spell of this thread the words still wait in the pipe.
  for (let turn = 0; turn < LAST_TURNS; turn += 1) await nextTurn();
  child.stderr.destroy();
}

interface Ending extends Pick<Listening, "reader" | "output" | "stderrClosed"> {
  readonly drainMs: number;
  readonly stop: AbortSignal;
}

/** The end that the process comes to by itself, or by writing too much. */
async function naturalEnd(child: StartedProcess, ending: Ending): Promise<Cause> {
  const first = await Promise.race([child.exited, ending.output.then(tooLarge)]);
  if (first !== undefined && "kind" in first) return first;
  const exit = await child.exited;
  const output = await Promise.race([ending.output, silence(ending)]);
  if (output === undefined) return { kind: "held-open", exit };
  if (output.kind === "too-large") return output;
  await Promise.race([ending.stderrClosed, pause(ending.drainMs, ending.stop)]);
  return { kind: "ended", exit };
}

function tooLarge(end: OutputEnd): Extract<OutputEnd, { kind: "too-large" }> | undefined {
  return end.kind === "too-large" ? end : undefined;
}

/** Resolves once nothing came from stdout for a while. */
async function silence({ reader, drainMs, stop }: Ending): Promise<undefined> {
  let seen = -1;
  while (seen !== reader.progress() && !stop.aborted) {
    seen = reader.progress();
    await pause(drainMs, stop);
    // After a busy spell of this thread the timer comes first; what waits in the pipe is read in the same turn.
    await nextTurn();
  }
}

function interruptions({ timeoutMs, signal }: ProcessOptions, stop: AbortSignal): Promise<Cause>[] {
  const found: Promise<Cause>[] = [];
  if (timeoutMs !== undefined) {
    const timer = pause(Math.min(timeoutMs, MAX_TIMER_MS), stop);
    found.push(timer.then(() => ({ kind: "timed-out", timeoutMs })));
  }
  if (signal !== undefined) {
    // One signal ends a whole pool of processes: many listeners are no leak.
    setMaxListeners(0, signal);
    found.push(
      new Promise((resolve) => {
        const cancel = (): void => resolve({ kind: "cancelled" });
        if (signal.aborted) cancel();
        else signal.addEventListener("abort", cancel, { once: true, signal: stop });
      }),
    );
  }
  return found;
}

/** Sleeps, or ends early when `stop` fires. */
async function pause(ms: number, stop: AbortSignal): Promise<undefined> {
  await sleep(ms, undefined, { signal: stop }).catch(() => undefined);
}

function followStderr(child: StartedProcess, take: (chunk: Buffer) => void): Promise<void> {
  child.stderr.on("data", take);
  return new Promise((resolve) => {
    child.stderr.once("close", resolve);
    child.stderr.once("error", () => resolve());
  });
}

function outputBounds({ onStdoutLine, maxStdoutBytes, maxLineBytes }: ProcessOptions) {
  return {
    maxStdoutBytes: maxStdoutBytes ?? (onStdoutLine === undefined ? DEFAULT_MAX_BYTES : Infinity),
    maxLineBytes: maxLineBytes ?? DEFAULT_MAX_BYTES,
    onStdoutLine,
  };
}

function outcomeOf(
  cause: Cause,
  ran: { readonly stdout: Uint8Array; readonly stderr: string; readonly durationMs: number },
): ProcessOutcome {
  switch (cause.kind) {
    case "timed-out":
      return { ...ran, kind: "timed-out", timeoutMs: cause.timeoutMs };
    case "cancelled":
      return { ...ran, kind: "cancelled" };
    case "too-large":
      return { ...ran, kind: "output-too-large", bound: cause.bound, limitBytes: cause.limitBytes };
    case "held-open":
    case "ended":
      return endedOutcome(cause, ran);
  }
}

function endedOutcome(
  { kind, exit }: Extract<Cause, { kind: "held-open" | "ended" }>,
  ran: { readonly stdout: Uint8Array; readonly stderr: string; readonly durationMs: number },
): ProcessOutcome {
  if (exit.signal !== null) return { ...ran, kind: "signalled", signal: exit.signal };
  if (kind === "held-open") return { ...ran, kind: "stdout-held-open" };
  if (exit.exitCode === null)
    throw new TypeError("a process ended without an exit code and without a signal");
  return { ...ran, kind: "exited", exitCode: exit.exitCode };
}
