import type { Session } from "@imagegate/engine/session";
import { renderOrphans } from "../messages/check-report.ts";
import type { ExitCode, Shell } from "../shell/shell.ts";
import { checkFamilies, verdictOf, type CheckedFamilies, type Verdict } from "./check.ts";
import type { CheckInput } from "./options.ts";
import { tagFailure } from "./run.ts";
import { selectFamilies, type SelectedWorkspace, type Workspace } from "./selection.ts";
import { writeTimings, type FamilyTrace } from "./timings.ts";

/** A workspace, and what a check of it found. */
export interface CheckedWorkspace {
  readonly workspace: Workspace;
  readonly found: CheckedFamilies & { readonly traces: readonly FamilyTrace[] };
}

/** Checks the families that were asked for; null when there are none, which was told. */
export async function checkWorkspace(
  input: CheckInput,
  session: Session,
  shell: Shell,
): Promise<CheckedWorkspace | null> {
  const workspace = await findFamilies(input, shell);
  if (workspace === null) return null;
  return { workspace, found: await checkFamilies(workspace, { input, session, shell }) };
}

/** Tells what a check found, and explains it where that was asked for. */
export async function tellCheck(
  { workspace, found }: CheckedWorkspace,
  input: CheckInput,
  shell: Shell,
): Promise<ExitCode> {
  const { reports, traces } = found;
  const verdict = verdictOf(found);
  const isTold = await tell(workspace, { ...found, verdict }, input, shell);
  const written = await writeTimings(input.timings, { reports, traces }, shell);
  return written && isTold ? EXIT_CODES[verdict] : 2;
}

/** Null when there are none, which was told. */
export async function findFamilies(
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
    const { explainFindings } = await import("./findings.ts");
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
