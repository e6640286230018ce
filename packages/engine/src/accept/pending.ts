import { fail, ok, type Result } from "@imagegate/core";
import type { Project } from "../config/project.ts";
import { explainCheck, type ExplainOptions, type Explained } from "../explain/explain.ts";
import type { ExplainFailure } from "../failure.ts";
import type { CheckReport } from "../report.ts";
import { openJudgement } from "../run/check.ts";
import { readRecord } from "../run/record-folder.ts";
import { cancellable, runProject } from "../run/run.ts";
import type { Session } from "../run/session.ts";

/** The families whose records are to be looked through. */
export interface ReviewQuestion {
  readonly root: string;
  readonly projects: readonly Project[];
  /** Overrides the configurations. */
  readonly ids?: "none" | "builtin" | "osbuild" | undefined;
}

/** A record that is not what the definitions make. */
export interface PendingRecord {
  readonly project: Project;
  readonly name: string;
  /** What it holds now; null when it is not there, or cannot be read. */
  readonly standing: string | null;
  /** What it should hold; null when it should not be there. */
  readonly text: string | null;
}

/** All that a check found, explained, and what each record would become. */
export interface PendingReview {
  readonly reports: readonly CheckReport[];
  readonly explained: Explained;
  /** By the name that the explanation has for the manifest. */
  readonly records: ReadonlyMap<string, PendingRecord>;
}

/** What kept records from being looked through, and the family that it is about, if any. */
export interface ReviewProblem {
  readonly family: string | null;
  readonly failure: ExplainFailure;
}

/** Generates all families and explains what would change in their records. */
export async function openReview(
  { root, projects, ids }: ReviewQuestion,
  session: Session,
  options: ExplainOptions,
): Promise<Result<PendingReview, ReviewProblem>> {
  const reports: CheckReport[] = [];
  const pending: PendingRecord[] = [];
  for (const project of projects) {
    const judged = await judgeProject(project, session, { ...options, ids });
    if (!judged.ok) return fail({ family: project.family, failure: judged.failure });
    reports.push(judged.value.report);
    pending.push(...judged.value.pending);
  }
  const explained = await explainCheck({ root, projects, reports }, session, options);
  if (!explained.ok) return explained;
  const { nameOf } = explained.value;
  const records = new Map(
    pending.map((record) => [nameOf({ family: record.project.family, name: record.name }), record]),
  );
  return ok({ reports, explained: explained.value, records });
}

type Judging = ExplainOptions & Pick<ReviewQuestion, "ids">;

async function judgeProject(project: Project, session: Session, { ids, onEvent, ...options }: Judging) {
  const signal = options.signal ?? new AbortController().signal;
  const judgement = openJudgement(project, session, () => true, "none");
  const texts = new Map<string, string>();
  return cancellable(signal, () =>
    runProject(project, session, {
      signal,
      options: {
        ...(ids === undefined ? {} : { ids }),
        ...(onEvent === undefined ? {} : { onEvent: (event) => onEvent(project.family, event) }),
      },
      writesOutput: false,
      take: async (manifest) => {
        texts.set(manifest.name, manifest.text);
        await judgement.take(manifest);
      },
      finish: async ({ tally }) => {
        const report = await judgement.report(tally);
        if (!report.ok) return report;
        return ok({ report: report.value, pending: pendingOf(project, report.value, texts) });
      },
    }),
  );
}

function pendingOf(
  project: Project,
  { verdicts }: CheckReport,
  texts: ReadonlyMap<string, string>,
): readonly PendingRecord[] {
  return verdicts.flatMap((verdict) => {
    const { name, state } = verdict;
    const isStranger = "failure" in verdict && verdict.failure.reason === "record-stranger";
    if (state === "same" || isStranger) return [];
    return [{ project, name, standing: standingText(project, name), text: texts.get(name) ?? null }];
  });
}

/** A record's text; null when it is not there, or says nothing. */
export function standingText(project: Project, name: string): string | null {
  const standing = readRecord(project, name);
  return standing.kind === "record" ? standing.text : null;
}
