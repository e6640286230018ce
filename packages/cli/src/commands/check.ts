import { defineCommand } from "../arguments/command.ts";
import { checkFamilies, verdictOf, type CheckedFamilies, type Verdict } from "../families/check.ts";
import { checkCommits } from "../families/each.ts";
import { explainFindings } from "../families/findings.ts";
import { CHECK_OPTIONS, readCheckInput, type CheckInput } from "../families/options.ts";
import { tagFailure, withSession } from "../families/run.ts";
import { selectFamilies, type SelectedWorkspace, type Workspace } from "../families/selection.ts";
import { writeTimings } from "../families/timings.ts";
import { renderOrphans } from "../messages/check-report.ts";
import type { ExitCode, Shell } from "../shell/shell.ts";

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
    "imagegate check --explain --format markdown",
    "imagegate check --explain --base origin/main --format json --output report.json",
    "imagegate check --each origin/main..HEAD",
  ],
  parse: readCheckInput,
  async run(input, shell) {
    const { each, explain, concurrency, ids } = input;
    if (each === undefined || explain === null) return checkWorkspace(input, shell);
    const workspace = await findFamilies(input, shell);
    if (workspace === null) return 2;
    const { root, projects } = workspace;
    return checkCommits({ root, projects, range: each, ids }, { delivery: explain, concurrency }, shell);
  },
});

async function checkWorkspace(input: CheckInput, shell: Shell): Promise<ExitCode> {
  const checked = await withSession(input, shell, async (session) => {
    const workspace = await findFamilies(input, shell);
    if (workspace === null) return null;
    return { workspace, found: await checkFamilies(workspace, { input, session, shell }) };
  });
  if (checked === null) return 2;
  const { workspace, found } = checked;
  const { reports, traces } = found;
  const verdict = verdictOf(found);
  const isTold = await tell(workspace, { ...found, verdict }, input, shell);
  const written = await writeTimings(input.timings, { reports, traces }, shell);
  return written && isTold ? EXIT_CODES[verdict] : 2;
}

/** Null when there are none, which was told. */
async function findFamilies(
  { place, families, json }: CheckInput,
  shell: Shell,
): Promise<SelectedWorkspace | null> {
  const workspace = await selectFamilies(place, families, shell.cwd);
  if (workspace.ok) return workspace.value;
  await shell.failAll(workspace.failure);
  const failures = workspace.failure.map((failure) => tagFailure(failure, null, shell));
  if (json) await shell.printJson({ families: [], orphans: [], failures, verdict: "undecided" });
  return null;
}

/** Prints what was found; false, and a message, when that did not succeed. */
async function tell(
  workspace: Workspace,
  { reports, orphans, failures, verdict }: CheckedFamilies & { readonly verdict: Verdict },
  input: CheckInput,
  shell: Shell,
): Promise<boolean> {
  const { shard, explain, base, json } = input;
  if (explain !== null) {
    const found = { reports, orphans, failures, verdict };
    return explainFindings(workspace, found, { delivery: explain, base, shell });
  }
  if (json) await shell.printJson({ shard, families: reports, orphans, failures, verdict });
  else await shell.print([...renderOrphans(orphans, shell.colors), ...renderShard(shard)]);
  return true;
}

/** A part that is the same must not read like the whole. */
function renderShard(shard: CheckInput["shard"]): readonly string[] {
  return shard === undefined
    ? []
    : [`checked shard ${shard.index} of ${shard.count}; the others decide with it`];
}

const EXIT_CODES = { same: 0, differs: 1, undecided: 2 } as const satisfies Record<Verdict, ExitCode>;
