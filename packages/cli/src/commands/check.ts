import { ok, type Result } from "@imagegate/core";
import { check, findOrphanedRecords, partOf, type OrphanedRecords, type RunFailure } from "@imagegate/engine";
import { defineCommand } from "../arguments/command.ts";
import { CHECK_OPTIONS, readCheckInput, type RunInput } from "../families/options.ts";
import { runFamilies, tagFailure } from "../families/run.ts";
import { selectFamilies, type Workspace } from "../families/selection.ts";
import { writeTimings } from "../families/timings.ts";
import { renderCheckReport, renderOrphans } from "../messages/check-report.ts";
import type { ExitCode } from "../shell/shell.ts";

/** `imagegate check`: compares what would be generated with what is recorded, and writes nothing. */
export const checkCommand = defineCommand({
  usage: "check [...families]",
  description: "Generate manifests and compare them with their records",
  options: CHECK_OPTIONS,
  examples: [
    "imagegate check",
    "imagegate check fedora --json",
    "imagegate check --config images/imagegate.json",
    "imagegate check --shard 3/8",
  ],
  parse: readCheckInput,
  async run(input, shell) {
    const workspace = await selectFamilies(input.place, input.families, shell.cwd);
    if (!workspace.ok) {
      await shell.failAll(workspace.failure);
      const failures = workspace.failure.map((failure) => tagFailure(failure, null, shell));
      if (input.json) await shell.printJson({ families: [], orphans: [], failures, verdict: "undecided" });
      return 2;
    }
    const work = { command: "check", run: check, render: renderCheckReport } as const;
    const { reports, failures, traces } = await runFamilies(workspace.value.selected, work, { input, shell });
    const orphans = await findOrphans(workspace.value, input);
    if (!orphans.ok) await shell.fail(orphans.failure);
    const found = orphans.ok ? orphans.value : [];
    const all = orphans.ok ? failures : [...failures, tagFailure(orphans.failure, null, shell)];
    const differs = found.length > 0 || reports.some(({ verdict }) => verdict !== "same");
    const { shard } = input;
    const decided = differs ? "differs" : "same";
    const verdict = all.length > 0 ? "undecided" : decided;
    if (input.json)
      await shell.printJson({ shard, families: reports, orphans: found, failures: all, verdict });
    else await shell.print([...renderOrphans(found, shell.colors), ...renderShard(shard)]);
    const written = await writeTimings(input.timings, { reports, traces }, shell);
    return written ? EXIT_CODES[verdict] : 2;
  },
});

/** A part that is the same must not read like the whole. */
function renderShard(shard: RunInput["shard"]): readonly string[] {
  return shard === undefined
    ? []
    : [`checked shard ${shard.index} of ${shard.count}; the others decide with it`];
}

const EXIT_CODES = { same: 0, differs: 1, undecided: 2 } as const satisfies Record<string, ExitCode>;

/** Only a look at the whole workspace can tell which records belong to nobody. */
async function findOrphans(
  { root, projects }: Workspace,
  { families, place, shard }: RunInput,
): Promise<Result<readonly OrphanedRecords[], RunFailure>> {
  const isWhole = families.length === 0 && place.config === undefined;
  if (!isWhole) return ok([]);
  const found = await findOrphanedRecords(root, projects);
  if (!found.ok || shard === undefined) return found;
  return ok(found.value.filter(({ folder }) => partOf(folder, shard.count) === shard.index));
}
