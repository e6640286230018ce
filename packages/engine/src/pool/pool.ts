import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fail, type Result } from "@imagegate/core";
import pLimit from "p-limit";
import { Tinypool } from "tinypool";
import type { FingerprintFailure } from "../failure.ts";
import { openShortRun } from "./short-run.ts";
import type {
  DescribeAnswer,
  DescribeTask,
  FingerprintAnswer,
  FingerprintTask,
  ListAnswer,
  ListTask,
  ModuleSource,
  SketchAnswer,
  SketchTask,
  Task,
} from "./task.ts";
import { threadsFolder } from "./threads-folder.ts";

/** When a task is given up. */
export interface TaskLimits {
  /** Ends the thread; the promise rejects. */
  readonly signal: AbortSignal;
  /** Counted from the moment that a thread takes the task. */
  readonly timeoutMs: number;
}

/** Worker threads that read, generate, fingerprint and compare; they live as long as a session. */
export interface WorkerPool {
  readonly concurrency: number;
  /** Starts threads for whoever asks first: they load their code while it is still found out what to ask. */
  start(): void;
  list(task: ListTask, limits: TaskLimits): Promise<ListAnswer>;
  /** An answer for each manifest, in their order. */
  fingerprint(work: Omit<FingerprintTask, "task">, limits: TaskLimits): Promise<FingerprintAnswer>;
  describe(task: DescribeTask, limits: TaskLimits): Promise<DescribeAnswer>;
  sketch(task: SketchTask, limits: TaskLimits): Promise<SketchAnswer>;
  close(): Promise<void>;
}

/** What kind of process a pool is in. */
export interface PoolOptions {
  /** It does nothing but one command, for seconds: V8 is told so, for all of the process. */
  readonly livesShortly?: boolean;
}

const THREAD = join(threadsFolder(), "worker.cjs");

/** The number of threads for a wish: at least one, at most what the machine runs at once. */
export function boundConcurrency(wish: number | undefined): number {
  return Math.max(1, Math.min(wish ?? Number.POSITIVE_INFINITY, availableParallelism()));
}

/** Started ahead, these do the first hundreds of manifests while a larger machine starts more. */
const STARTED_AHEAD = 2;

/** Starts no thread before the first task, unless it is told to. */
export function openPool(concurrency: number, { livesShortly = false }: PoolOptions = {}): WorkerPool {
  // A run of a module has threads of its own: what it imported must not reach another family, or a later run, unread.
  const pools = new Map<ModuleSource | null, Tinypool>();
  let started: Tinypool | undefined;
  const open = (startedAhead: number): Tinypool => openThreads({ concurrency, startedAhead, livesShortly });
  const threadsFor = (task: Task): Tinypool => {
    const owner = ownerOf(task);
    const known = pools.get(owner);
    if (known !== undefined) return known;
    const threads = started ?? open(0);
    started = undefined;
    pools.set(owner, threads);
    return threads;
  };
  const start = (): void => {
    if (pools.size === 0) started ??= open(Math.min(concurrency, STARTED_AHEAD));
  };
  // No task waits inside a pool, so that its time does not run before it does; and all pools together keep the bound.
  const limit = pLimit(concurrency);
  const run = <Answer>(task: Task, limits: TaskLimits): Promise<Answer> =>
    limit(() => runTask(threadsFor(task), task, limits)) as Promise<Answer>;
  const close = async (): Promise<void> => {
    const all = started === undefined ? pools.values() : [started];
    await Promise.all(Array.from(all, (threads) => threads.destroy()));
  };
  const fingerprint: WorkerPool["fingerprint"] = async ({ manifests, settings }, limits) => {
    const task: FingerprintTask = { task: "fingerprint", manifests, settings };
    const answer = await run<FingerprintAnswer | Result<never, FingerprintFailure>>(task, limits);
    if (!("ok" in answer)) return answer;
    if (manifests.length === 1) return { manifests: [answer], sealed: [] };
    // One of them brought the thread down: alone, each answers for itself.
    const alone = manifests.map((one) => fingerprint({ manifests: [one], settings }, limits));
    const answers = await Promise.all(alone);
    return {
      manifests: answers.flatMap((each) => each.manifests),
      sealed: answers.flatMap((each) => each.sealed),
    };
  };
  return { concurrency, start, list: run, fingerprint, describe: run, sketch: run, close };
}

/** The module that a task runs code of, which its thread may run no other task than. */
function ownerOf(task: Task): ModuleSource | null {
  if (task.task === "list") return task.source;
  const source = task.task === "fingerprint" ? task.manifests[0]?.source : undefined;
  return source?.kind === "module" ? source : null;
}

interface ThreadsOptions extends Required<PoolOptions> {
  readonly concurrency: number;
  readonly startedAhead: number;
}

function openThreads({ concurrency, startedAhead, livesShortly }: ThreadsOptions): Tinypool {
  const threads = new Tinypool({
    filename: THREAD,
    minThreads: startedAhead,
    maxThreads: concurrency,
    // Threads wait for the next task of the run: starting one costs more than a manifest.
    idleTimeout: 10_000,
    // Definitions see only the variables that they declare; their task brings them along.
    env: {},
    ...(livesShortly ? { workerData: openShortRun(Math.max(1, startedAhead)) } : {}),
  });
  // A thread that dies between two tasks, of a timer that a definition left behind, had given its answer before.
  threads.on("error", () => {});
  return threads;
}

async function runTask(
  threads: Tinypool,
  task: unknown,
  { signal, timeoutMs }: TaskLimits,
): Promise<unknown> {
  signal.throwIfAborted();
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return await threads.run(task, { signal: AbortSignal.any([signal, timeout]) });
  } catch (cause) {
    signal.throwIfAborted();
    if (timeout.aborted) return fail({ reason: "module-timed-out", timeoutMs });
    return fail({ reason: "worker-died", message: (cause as Error).message });
  }
}
