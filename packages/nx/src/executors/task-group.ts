import {
  runFamily,
  runShards,
  type Action,
  type FamilyTask,
  type RunContext,
  type ShardTask,
  type TaskOutcome,
} from "./family-run.ts";

/** A task that can run, or the reason why it cannot. */
export type PreparedTask =
  | { readonly id: string; readonly ok: true; readonly task: FamilyTask }
  | { readonly id: string; readonly ok: false; readonly outcome: TaskOutcome };

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
  if (!prepared.ok || prepared.task.options.shard === undefined) return JSON.stringify([prepared.id]);
  const { folder, options } = prepared.task;
  return JSON.stringify([folder, options.ids ?? null, options.concurrency ?? null]);
}

/** Runs a group; the outcomes stand in the order of its tasks. */
export async function runGroup(
  action: Action,
  group: readonly PreparedTask[],
  context: RunContext,
): Promise<readonly TaskOutcome[]> {
  const shards = group.flatMap((prepared) => (prepared.ok ? shardTask(prepared.task) : []));
  if (action === "check" && shards.length === group.length) return runShards(shards, context);
  return Promise.all(
    group.map((prepared) => (prepared.ok ? runFamily(action, prepared.task, context) : prepared.outcome)),
  );
}

function shardTask(task: FamilyTask): readonly ShardTask[] {
  const { shard } = task.options;
  return shard === undefined ? [] : [{ ...task, shard }];
}
