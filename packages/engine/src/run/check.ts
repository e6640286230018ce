import { compareRecords, ok, type Result } from "@imagegate/core";
import type { Project } from "../config/project.ts";
import type { RunFailure } from "../failure.ts";
import type { CheckReport, RecordExplanation, RecordVerdict } from "../report.ts";
import { explainChange, type ChangedRecord } from "./explain-change.ts";
import type { RecordedManifest } from "./fingerprint-project.ts";
import { listRecords, readRecordUnless, recordPath } from "./record-folder.ts";
import { cancellable, runProject, shardFilter, type NameFilter, type RunOptions } from "./run.ts";
import type { Session } from "./session.ts";
import type { Shard } from "./shard.ts";
import { Tally } from "./tally.ts";

/** What a caller may say about a check. */
export interface CheckOptions extends RunOptions {
  /** Looks at the names of this shard only; the generator runs whole. */
  readonly shard?: Shard;
  /** Whether each change is told apart from its record, or left to an explanation of all; `each` by default. */
  readonly differences?: "each" | "none";
}

/**
 * Generates a family's manifests and compares them with their records; writes nothing in the workspace.
 * Every difference makes the verdict `differs`: changed, added, removed, inconsistent, conflicted, unreadable.
 */
export async function check(
  project: Project,
  session: Session,
  options: CheckOptions = {},
): Promise<Result<CheckReport, RunFailure>> {
  const signal = options.signal ?? new AbortController().signal;
  const isWanted = shardFilter(project, options.shard);
  return cancellable(signal, () => {
    const judgement = openJudgement(project, session, isWanted, options.differences);
    return runProject(project, session, {
      signal,
      options,
      isWanted,
      writesOutput: false,
      take: judgement.take,
      finish: ({ tally }) => judgement.report(tally),
    });
  });
}

/**
 * Checks some shards of a family with one run of its generator, a report for each, in their order. What fails the run
 * fails all of them.
 */
export async function checkShards(
  project: Project,
  session: Session,
  { shards, ...options }: RunOptions & { readonly shards: readonly Shard[] },
): Promise<Result<readonly CheckReport[], RunFailure>> {
  const signal = options.signal ?? new AbortController().signal;
  const parts = shards.map((shard) => {
    const isOwn = shardFilter(project, shard);
    return { isOwn, tally: new Tally(session), judgement: openJudgement(project, session, isOwn) };
  });
  return cancellable(signal, () =>
    runProject(project, session, {
      signal,
      options,
      isWanted: (name) => parts.some(({ isOwn }) => isOwn(name)),
      writesOutput: false,
      take: async (manifest) => {
        for (const { tally, judgement } of parts.filter(({ isOwn }) => isOwn(manifest.name))) {
          tally.add(manifest);
          await judgement.take(manifest);
        }
      },
      finish: async () => {
        const reports: CheckReport[] = [];
        for (const { tally, judgement } of parts) {
          const report = await judgement.report(tally);
          if (!report.ok) return report;
          reports.push(report.value);
        }
        return ok(reports);
      },
    }),
  );
}

/** The verdicts on a family's records, as they come. */
interface Judgement {
  readonly take: (manifest: RecordedManifest) => Promise<void>;
  /** After the last manifest. */
  readonly report: (tally: Tally) => Promise<Result<CheckReport, RunFailure>>;
}

/** Begins to compare a family's manifests with the records that stand. */
export function openJudgement(
  project: Project,
  session: Session,
  isWanted: NameFilter,
  differences: CheckOptions["differences"] = "each",
): Judgement {
  const judged: JudgedRecord[] = [];
  return {
    take: async (manifest) => {
      judged.push(judge(project, manifest));
    },
    report: async (tally) => {
      const verdicts: RecordVerdict[] = [];
      for (const { verdict, change } of judged) {
        const isExplained = verdict.state === "changed" && change !== null && differences === "each";
        const told = isExplained ? { explanation: await explainChange(session.store, change) } : {};
        verdicts.push({ ...verdict, ...told });
      }
      const generated = new Set(verdicts.map(({ name }) => name));
      const leftover = await judgeLeftovers(project, generated, isWanted);
      if (!leftover.ok) return leftover;
      return ok(reportOf(project.family, [...verdicts, ...leftover.value], tally));
    },
  };
}

/** What is said of a record, and what there is to explain once the store has all of the run. */
interface JudgedRecord {
  readonly verdict: RecordVerdict;
  readonly change: ChangedRecord | null;
}

function judge(project: Project, { name, record, text, digest }: RecordedManifest): JudgedRecord {
  const path = recordPath(project, name);
  const standing = readRecordUnless(project, name, text);
  switch (standing.kind) {
    case "expected":
      return { verdict: { name, path, state: "same" }, change: null };
    case "none":
      return { verdict: { name, path, state: "added", digest }, change: null };
    case "unreadable": {
      const { failure } = standing;
      return { verdict: { name, path, state: stateOf(failure.reason), failure }, change: null };
    }
    case "record": {
      const comparison = compareRecords(standing.record, record);
      if (comparison.verdict === "same") return { verdict: { name, path, state: "same" }, change: null };
      const { verdict: state, lines } = comparison;
      if (state === "inconsistent") return { verdict: { name, path, state, lines }, change: null };
      const explanation: RecordExplanation = { kind: "unknown", because: "not-asked" };
      return {
        verdict: { name, path, state, digest, lines, explanation },
        change: { base: standing.record, digest, isOsbuild: project.config.manifest === "osbuild" },
      };
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
  isWanted: NameFilter,
): Promise<Result<readonly RecordVerdict[], RunFailure>> {
  const folder = await listRecords(project);
  if (!folder.ok) return folder;
  const { names, strangers } = folder.value;
  return ok([
    ...names
      .filter((name) => isWanted(name) && !generated.has(name))
      .map((name) => ({ name, path: recordPath(project, name), state: "removed" as const })),
    ...strangers.filter(isWanted).map((name) => ({
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
