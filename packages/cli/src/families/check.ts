import { ok, type Result } from "@imagegate/core";
import {
  check,
  findOrphanedRecords,
  partOf,
  type CheckReport,
  type OrphanedRecords,
  type RunFailure,
} from "@imagegate/engine";
import { renderCheckReport } from "../messages/check-report.ts";
import type { CheckInput } from "./options.ts";
import { runFamilies, tagFailure, type FamiliesContext, type FamilyWork, type TaggedFailure } from "./run.ts";
import type { SelectedWorkspace, Workspace } from "./selection.ts";
import type { FamilyTrace } from "./timings.ts";

/** The answer of a check. */
export type Verdict = "same" | "differs" | "undecided";

/** What a check of some families found. */
export interface CheckedFamilies {
  readonly reports: readonly CheckReport[];
  /** Records of no family. */
  readonly orphans: readonly OrphanedRecords[];
  readonly failures: readonly TaggedFailure[];
}

/** Checks families; each is told as soon as it is done, unless all of them are explained at the end. */
export async function checkFamilies(
  workspace: SelectedWorkspace,
  context: FamiliesContext<CheckInput>,
): Promise<CheckedFamilies & { readonly traces: readonly FamilyTrace[] }> {
  const { input, shell } = context;
  const work = input.explain === null ? CHECK_EACH : CHECK_QUIETLY;
  const { reports, failures, traces } = await runFamilies(workspace.selected, work, context);
  const orphans = await findOrphans(workspace, input);
  if (orphans.ok) return { reports, orphans: orphans.value, failures, traces };
  await shell.fail(orphans.failure);
  return { reports, orphans: [], failures: [...failures, tagFailure(orphans.failure, null, shell)], traces };
}

/** The verdict on all that was found; nothing that failed lets a check pass. */
export function verdictOf({ reports, orphans, failures }: CheckedFamilies): Verdict {
  if (failures.length > 0) return "undecided";
  return orphans.length > 0 || reports.some(({ verdict }) => verdict !== "same") ? "differs" : "same";
}

const CHECK_EACH: FamilyWork<CheckReport> = { command: "check", run: check, render: renderCheckReport };

const CHECK_QUIETLY: FamilyWork<CheckReport> = {
  command: "check",
  run: (project, session, options) => check(project, session, { ...options, differences: "none" }),
  render: () => [],
};

/** Only a look at the whole workspace can tell which records belong to nobody. */
async function findOrphans(
  { root, projects }: Workspace,
  { families, place, shard }: CheckInput,
): Promise<Result<readonly OrphanedRecords[], RunFailure>> {
  const isWhole = families.length === 0 && place.config === undefined;
  if (!isWhole) return ok([]);
  const found = await findOrphanedRecords(root, projects);
  if (!found.ok || shard === undefined) return found;
  return ok(found.value.filter(({ folder }) => partOf(folder, shard.count) === shard.index));
}
