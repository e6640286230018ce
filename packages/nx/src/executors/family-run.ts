import { posix } from "node:path";
import { check, generate, loadProject, type Project, type RunOptions, type Session } from "@imagegate/engine";
import type { RunTaskOptions } from "../plugin/options.ts";
import { checkText, failureText, generateText, unexpectedText, type Commands } from "../text.ts";

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
