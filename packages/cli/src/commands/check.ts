import { defineCommand } from "../arguments/command.ts";
import { CHECK_OPTIONS, readCheckInput } from "../families/options.ts";
import { withThreads } from "../families/session.ts";

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
    const { each, explain, concurrency } = input;
    if (each !== undefined && explain !== null) {
      const { findFamilies } = await loadCheck();
      const workspace = await findFamilies(input, shell);
      if (workspace === null) return 2;
      const { checkCommits } = await import("../families/each.ts");
      const { root, projects } = workspace;
      const question = { root, projects, range: each, ids: input.ids };
      return checkCommits(question, { delivery: explain, concurrency }, shell);
    }
    const checked = await withThreads(input, shell, async (session) =>
      (await loadCheck()).checkWorkspace(input, session, shell),
    );
    return checked === null ? 2 : (await loadCheck()).tellCheck(checked, input, shell);
  },
});

/** What a check is done with: threads start before it is loaded. */
function loadCheck() {
  return import("../families/check-workspace.ts");
}
