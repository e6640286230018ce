import type { ExecutorContext, TaskGraph } from "@nx/devkit";
import { boundConcurrency, openPool } from "@imagegate/engine/pool";
import type { Session } from "@imagegate/engine/session";
import { CHECKSUMS_FOLDER } from "@imagegate/engine/project";
import { parseRunTaskOptions } from "../plugin/options.ts";
import type { Commands } from "../text.ts";
import { listenForCancellation } from "./cancellation.ts";
import { mapAsCompleted } from "./completion.ts";
import type { Action, TaskOutcome } from "./family-run.ts";
import type { PreparedTask } from "./task-group.ts";

/** A task of a batch, as Nx takes its result; times are milliseconds since the epoch. */
export interface BatchResult {
  readonly task: string;
  readonly result: TaskOutcome & { readonly startTime: number; readonly endTime: number };
}

/** A task as Nx asks for it; the options are not parsed yet. */
interface RequestedTask {
  readonly id: string;
  readonly projectName: string;
  readonly options: unknown;
}

/** Runs one task and prints what it has to say. */
export async function runSingle(
  action: Action,
  options: unknown,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const projectName = context.projectName ?? "";
  let success = false;
  for await (const { result } of runTasks(action, [{ id: projectName, projectName, options }], context)) {
    process.stdout.write(result.terminalOutput);
    success = result.success;
  }
  return { success };
}

/** Runs all tasks of a batch with one pool, and yields each result as it comes; every task is reported. */
export function runBatch(
  action: Action,
  taskGraph: TaskGraph,
  {
    options,
    context,
  }: { readonly options: Readonly<Record<string, unknown>>; readonly context: ExecutorContext },
): AsyncGenerator<BatchResult, void> {
  const tasks = Object.values(taskGraph.tasks);
  const requested = tasks.map(({ id, target }) => ({
    id,
    projectName: target.project,
    options: options[id],
  }));
  return runTasks(action, requested, context);
}

async function* runTasks(
  action: Action,
  requested: readonly RequestedTask[],
  context: ExecutorContext,
): AsyncGenerator<BatchResult, void> {
  const tasks = requested.map((task) => prepareTask(action, task, context));
  const cancellation = listenForCancellation();
  // Nx forks a process for a batch, and one for a single task.
  const pool = openPool(boundConcurrency(widestPool(tasks)), { livesShortly: true });
  let session: Session | undefined;
  try {
    // Threads load their code while this loads what asks them.
    if (tasks.some(({ kind }) => kind === "family")) pool.start();
    const [{ groupTasks, runGroup }, { openSession }] = await Promise.all([
      import("./task-group.ts"),
      import("@imagegate/engine/session"),
    ]);
    session = openSession({ pool });
    const run = { session, signal: cancellation.signal };
    const finished = mapAsCompleted(groupTasks(tasks), session.concurrency, async (group) => {
      const startTime = Date.now();
      const outcomes = await runGroup(action, group, run);
      const times = { startTime, endTime: Date.now() };
      return group.flatMap(({ id }, at) => {
        const outcome = outcomes[at];
        return outcome === undefined ? [] : [{ task: id, result: { ...outcome, ...times } }];
      });
    });
    for await (const results of finished) yield* results;
  } finally {
    await (session ?? pool).close();
    cancellation.close();
  }
}

/** The one pool is as wide as the widest task asks for; a task without a wish leaves it to the machine. */
function widestPool(tasks: readonly PreparedTask[]): number | undefined {
  const wishes = tasks.flatMap((prepared) =>
    prepared.kind === "family" ? [prepared.task.options.concurrency ?? Infinity] : [],
  );
  const widest = Math.max(...wishes);
  return Number.isFinite(widest) ? widest : undefined;
}

/** Options that do not parse and a project that Nx does not know fail their own task, not the batch. */
function prepareTask(
  action: Action,
  { id, projectName, options }: RequestedTask,
  { root, projectsConfigurations }: ExecutorContext,
): PreparedTask {
  const project = projectsConfigurations.projects[projectName];
  const command = (executor: Action): string => {
    const targets = Object.entries(project?.targets ?? {});
    const found = targets.find(([, target]) => target.executor === `@imagegate/nx:${executor}`);
    return `npx nx run ${projectName}:${found?.[0] ?? executor}`;
  };
  const commands: Commands = { rerun: command(action), accept: command("generate") };
  try {
    if (project === undefined) throw new Error(`Nx knows no project ${JSON.stringify(projectName)}`);
    const parsed = parseRunTaskOptions(options);
    if (action === "check" && project.root === CHECKSUMS_FOLDER)
      return { id, kind: "record-folders", root, commands };
    if (action === "generate" && parsed.shard !== undefined)
      throw new Error("generate takes no shard: only a whole run can tell which records are to go");
    const task = { root, folder: project.root, options: parsed, commands };
    return { id, kind: "family", task };
  } catch (cause) {
    return { id, kind: "refused", cause };
  }
}
