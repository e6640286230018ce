import { posix } from "node:path";
import { check, checkShards, generate, loadProject, type Project, type RunOptions } from "@imagegate/engine";
import type { Session } from "@imagegate/engine/session";
import type { RunTaskOptions } from "../plugin/options.ts";
import { checkText, failureText, generateText, refusalText, unexpectedText, type Commands } from "../text.ts";

/** What a target does with its family. */
export type Action = "generate" | "check";

/** A family to run: the workspace, its folder in it, the task's options, and how to speak of it. */
export interface FamilyTask {
  readonly root: string;
  readonly folder: string;
  readonly options: RunTaskOptions;
  readonly commands: Commands;
}

/** What became of a task, in Nx's terms. */
export interface TaskOutcome {
  readonly success: boolean;
  readonly terminalOutput: string;
}

/** What the tasks of a run share. */
export interface RunContext {
  readonly session: Session;
  readonly signal: AbortSignal;
}

/** The one function behind the single and the batch executors; never rejects. */
export async function runFamily(action: Action, task: FamilyTask, context: RunContext): Promise<TaskOutcome> {
  const { root, folder, commands } = task;
  try {
    const project = await loadProject(root, posix.join(folder, "imagegate.json"));
    if (!project.ok) return { success: false, terminalOutput: failureText(project.failure, commands) };
    const runs = { generate: runGenerate, check: runCheck };
    return await runs[action](project.value, task, context);
  } catch (cause) {
    return { success: false, terminalOutput: unexpectedText(cause, commands) };
  }
}

/** A task that checks one shard. */
export interface ShardTask extends FamilyTask {
  readonly shard: string;
}

/** Checks shards of one family, with options that are otherwise the same, in one run of its generator; never rejects. */
export async function runShards(
  tasks: readonly ShardTask[],
  context: RunContext,
): Promise<readonly TaskOutcome[]> {
  const failAll = (text: (task: ShardTask) => string): readonly TaskOutcome[] =>
    tasks.map((task) => ({ success: false, terminalOutput: text(task) }));
  const [first] = tasks;
  if (first === undefined) return [];
  try {
    const loaded = await loadProject(first.root, posix.join(first.folder, "imagegate.json"));
    if (!loaded.ok) return failAll(({ commands }) => failureText(loaded.failure, commands));
    const project = loaded.value;
    const listed = project.config.split?.shards ?? [];
    const unlisted = tasks.find(({ shard }) => !listed.includes(shard));
    if (unlisted !== undefined)
      return failAll(() =>
        refusalText(`imagegate.json of ${project.family} lists no shard ${unlisted.shard}`),
      );
    const shards = tasks.map(({ shard }) => ({ kind: "named", name: shard }) as const);
    const reports = await checkShards(project, context.session, { ...runOptions(first, context), shards });
    if (!reports.ok) return failAll(({ commands }) => failureText(reports.failure, commands, project.family));
    return reports.value.map((report, at) => ({
      success: report.verdict === "same",
      terminalOutput: checkText(report, (tasks[at] ?? first).commands),
    }));
  } catch (cause) {
    return failAll(({ commands }) => unexpectedText(cause, commands));
  }
}

async function runGenerate(project: Project, task: FamilyTask, context: RunContext): Promise<TaskOutcome> {
  const result = await generate(project, context.session, runOptions(task, context));
  if (result.ok) return { success: true, terminalOutput: generateText(result.value) };
  return { success: false, terminalOutput: failureText(result.failure, task.commands, project.family) };
}

async function runCheck(project: Project, task: FamilyTask, context: RunContext): Promise<TaskOutcome> {
  const result = await check(project, context.session, runOptions(task, context));
  if (!result.ok)
    return { success: false, terminalOutput: failureText(result.failure, task.commands, project.family) };
  return { success: result.value.verdict === "same", terminalOutput: checkText(result.value, task.commands) };
}

function runOptions({ options: { ids } }: FamilyTask, { signal }: RunContext): RunOptions {
  return { signal, ...(ids === undefined ? {} : { ids }) };
}
