import { compareRecords, ok, type Result } from "@imagegate/core";
import type { Project } from "../config/project.ts";
import type { RunFailure } from "../failure.ts";
import type { CheckReport, RecordVerdict } from "../report.ts";
import { explainChange } from "./explain-change.ts";
import type { RecordedManifest } from "./fingerprint-project.ts";
import { listRecords, readRecord, recordPath } from "./record-folder.ts";
import { cancellable, runProject, type RunOptions } from "./run.ts";
import type { Session } from "./session.ts";
import type { Tally } from "./tally.ts";

/**
 * Generates a family's manifests and compares them with their records; writes nothing in the workspace.
 * Every difference makes the verdict `differs`: changed, added, removed, inconsistent, conflicted, unreadable.
 */
export async function check(
  project: Project,
  session: Session,
  options: RunOptions = {},
): Promise<Result<CheckReport, RunFailure>> {
  const signal = options.signal ?? new AbortController().signal;
  return cancellable(signal, () => {
    const verdicts: RecordVerdict[] = [];
    return runProject(project, session, {
      signal,
      options,
      writesOutput: false,
      take: async (manifest) => {
        verdicts.push(await judge(project, session, manifest));
      },
      finish: async ({ tally }) => {
        const leftover = await judgeLeftovers(project, new Set(verdicts.map(({ name }) => name)));
        if (!leftover.ok) return leftover;
        return ok(reportOf(project.family, [...verdicts, ...leftover.value], tally));
      },
    });
  });
}

async function judge(
  project: Project,
  session: Session,
  { name, record, digest }: RecordedManifest,
): Promise<RecordVerdict> {
  const path = recordPath(project, name);
  const standing = readRecord(project, name);
  switch (standing.kind) {
    case "none":
      return { name, path, state: "added" };
    case "unreadable":
      return { name, path, state: stateOf(standing.failure.reason), failure: standing.failure };
    case "record": {
      const comparison = compareRecords(standing.record, record);
      if (comparison.verdict === "same") return { name, path, state: "same" };
      const { verdict, lines } = comparison;
      if (verdict === "inconsistent") return { name, path, state: verdict, lines };
      const base = standing.record;
      const isOsbuild = project.config.manifest === "osbuild";
      const explanation = await explainChange(session.store, { base, digest, isOsbuild });
      return { name, path, state: verdict, lines, explanation };
    }
  }
}

function stateOf(reason: string): "conflicted" | "unreadable" {
  return reason === "conflict-marker" ? "conflicted" : "unreadable";
}

/** Records without a manifest, and files that are no records. */
async function judgeLeftovers(
  project: Project,
  generated: ReadonlySet<string>,
): Promise<Result<readonly RecordVerdict[], RunFailure>> {
  const folder = await listRecords(project);
  if (!folder.ok) return folder;
  const { names, strangers } = folder.value;
  return ok([
    ...names
      .filter((name) => !generated.has(name))
      .map((name) => ({ name, path: recordPath(project, name), state: "removed" as const })),
    ...strangers.map((name) => ({
      name,
      path: `${project.recordsFolder}/${name}`,
      state: "unreadable" as const,
      failure: { reason: "record-stranger" as const },
    })),
  ]);
}

function reportOf(family: string, found: readonly RecordVerdict[], tally: Tally): CheckReport {
  const verdicts = [...found].sort((left, right) => (left.name < right.name ? -1 : 1));
  const count = (...states: RecordVerdict["state"][]): number =>
    verdicts.filter(({ state }) => states.includes(state)).length;
  const unchanged = count("same");
  return {
    family,
    verdict: unchanged === verdicts.length && tally.manifests === unchanged ? "same" : "differs",
    verdicts,
    summary: tally.summary({
      changed: count("changed"),
      added: count("added"),
      removed: count("removed"),
      damaged: count("inconsistent", "conflicted", "unreadable"),
      unchanged,
    }),
  };
}
