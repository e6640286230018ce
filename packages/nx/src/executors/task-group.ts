import {
  runFamily,
  runShards,
  type Action,
  type FamilyTask,
  type RunContext,
  type ShardTask,
  type TaskOutcome,
} from "./family-run.ts";
import { refusalText, type Commands } from "../text.ts";
import { checkRecordFolders } from "./record-folders.ts";

/** A task of a family, the look at what lies between the families' records, or the reason why one cannot run. */
export type PreparedTask =
  | { readonly id: string; readonly kind: "family"; readonly task: FamilyTask }
  | {
      readonly id: string;
      readonly kind: "record-folders";
      readonly root: string;
      readonly commands: Commands;
    }
  | { readonly id: string; readonly kind: "refused"; readonly cause: unknown };

/** Tasks that share one run of a generator: shards of a family, with the same options; any other task stands alone. */
export function groupTasks(tasks: readonly PreparedTask[]): readonly (readonly PreparedTask[])[] {
  const groups = new Map<string, PreparedTask[]>();
  for (const prepared of tasks) {
    const key = keyOf(prepared);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [prepared]);
    else group.push(prepared);
  }
  return [...groups.values()];
}

function keyOf(prepared: PreparedTask): string {
  if (prepared.kind !== "family" || prepared.task.options.shard === undefined)
    return JSON.stringify([prepared.id]);
  const { folder, options } = prepared.task;
  return JSON.stringify([folder, options.ids ?? null, options.concurrency ?? null]);
}

/** Runs a group; the outcomes stand in the order of its tasks. */
export async function runGroup(
  action: Action,
  group: readonly PreparedTask[],
  context: RunContext,
): Promise<readonly TaskOutcome[]> {
  const shards = group.flatMap((prepared) => (prepared.kind === "family" ? shardTask(prepared.task) : []));
  if (action === "check" && shards.length === group.length) return runShards(shards, context);
  return Promise.all(group.map((prepared) => runPrepared(action, prepared, context)));
}

async function runPrepared(
  action: Action,
  prepared: PreparedTask,
  context: RunContext,
): Promise<TaskOutcome> {
  switch (prepared.kind) {
    case "family":
      return runFamily(action, prepared.task, context);
    case "record-folders":
      return checkRecordFolders(prepared.root, prepared.commands);
    case "refused":
      return { success: false, terminalOutput: refusalText(prepared.cause) };
  }
}

function shardTask(task: FamilyTask): readonly ShardTask[] {
  const { shard } = task.options;
  return shard === undefined ? [] : [{ ...task, shard }];
}
