import { generate } from "@imagegate/engine";
import { renderGenerateReport } from "../messages/generate-report.ts";
import type { ExitCode } from "../shell/shell.ts";
import type { RunInput } from "./options.ts";
import { runFamilies, tagFailure, type FamiliesContext } from "./run.ts";
import { selectFamilies } from "./selection.ts";
import { writeTimings } from "./timings.ts";

/** Generates and records families. */
export async function generateFamilies(context: FamiliesContext<RunInput>): Promise<ExitCode> {
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
