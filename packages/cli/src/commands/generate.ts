import { generate } from "@imagegate/engine";
import { defineCommand } from "../arguments/command.ts";
import { readRunInput, RUN_OPTIONS, type RunInput } from "../families/options.ts";
import { runFamilies, tagFailure, withSession, type FamiliesContext } from "../families/run.ts";
import { selectFamilies } from "../families/selection.ts";
import { writeTimings } from "../families/timings.ts";
import { renderGenerateReport } from "../messages/generate-report.ts";
import type { ExitCode } from "../shell/shell.ts";

/** `imagegate generate`: writes manifests and records them. */
export const generateCommand = defineCommand({
  usage: "generate [...families]",
  description: "Generate manifests and record them",
  options: RUN_OPTIONS,
  examples: ["imagegate generate", "imagegate generate fedora centos --timings timings.json"],
  parse: readRunInput,
  run: (input, shell) => withSession(input, shell, (session) => generateFamilies({ input, session, shell })),
});

async function generateFamilies(context: FamiliesContext<RunInput>): Promise<ExitCode> {
  const { input, shell } = context;
  const workspace = await selectFamilies(input.place, input.families, shell.cwd);
  if (!workspace.ok) {
    await shell.failAll(workspace.failure);
    const failures = workspace.failure.map((failure) => tagFailure(failure, null, shell));
    if (input.json) await shell.printJson({ families: [], failures, verdict: "undecided" });
    return 2;
  }
  const work = { command: "generate", run: generate, render: renderGenerateReport } as const;
  const { reports, failures, traces } = await runFamilies(workspace.value.selected, work, context);
  const verdict = failures.length > 0 ? "undecided" : "done";
  if (input.json) await shell.printJson({ families: reports, failures, verdict });
  const written = await writeTimings(input.timings, { reports, traces }, shell);
  return written && verdict === "done" ? 0 : 2;
}
