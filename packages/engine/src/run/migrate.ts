import { rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { fail, ok, recordFileName, type Result } from "@imagegate/core";
import { readFileBounded, writeFileAtomic, type WriteFailure } from "@imagegate/host";
import { findClashes } from "../config/clashes.ts";
import { parseConfig } from "../config/parse.ts";
import { projectOf, type Project } from "../config/project.ts";
import type { RecordsInput } from "../config/schema.ts";
import type { ConfigFailure, MigrateFailure } from "../failure.ts";
import type { ManifestSet } from "../generators/manifest-set.ts";
import type { CheckReport } from "../report.ts";
import { openJudgement } from "./check.ts";
import { fingerprintProject } from "./fingerprint-project.ts";
import { AheadAnswers } from "./ahead-answers.ts";
import { listRecords } from "./record-folder.ts";
import { cancellable, runProject, type RunOptions } from "./run.ts";
import type { Session } from "./session.ts";
import { stageRecords } from "./staged-run.ts";
import type { RecordStaging } from "./staging.ts";

/** What the records are to become. */
export interface MigrateOptions extends Omit<RunOptions, "ids"> {
  /** What `records` says in `imagegate.json` from then on. */
  readonly to: RecordsInput;
  /** All families of the workspace: none may claim the new folder. */
  readonly families: readonly Project[];
}

/** What became of the records: nothing, unless `report` says that all are the same. */
export interface MigrateOutcome {
  /** The old records against what is generated now. */
  readonly report: CheckReport;
  /** The family in its new form; null when the records differ and were left as they are. */
  readonly migrated: Project | null;
}

/** A configuration as it will be, and its text. */
interface NextProject {
  readonly project: Project;
  readonly text: string;
}

interface Migration {
  readonly project: Project;
  readonly next: NextProject;
  readonly session: Session;
  readonly signal: AbortSignal;
  readonly options: RunOptions;
}

/**
 * Writes a family's records in another form, and says so in its `imagegate.json`, which is printed anew.
 *
 * It first proves that every old record is that of what is generated now; then the new records come from the very
 * same manifests. The new ones are put in place, then the configuration, then the old ones go: a run that is killed in
 * between leaves files that `check` tells, and git has the old ones.
 */
export async function migrate(
  project: Project,
  session: Session,
  { to, families, ...options }: MigrateOptions,
): Promise<Result<MigrateOutcome, MigrateFailure>> {
  const signal = options.signal ?? new AbortController().signal;
  const next = await nextProject(project, to, families);
  if (!next.ok) return next;
  const migration = { project, next: next.value, session, signal, options };
  return cancellable(signal, () =>
    stageRecords(next.value.project, { signal, options }, (staging) => migrateInto(staging, migration)),
  );
}

async function nextProject(
  { root, configPath }: Project,
  records: RecordsInput,
  families: readonly Project[],
): Promise<Result<NextProject, ConfigFailure>> {
  const old = await readFileBounded(join(root, configPath), 1024 * 1024);
  if (!old.ok) return fail({ reason: "config-unreadable", path: configPath, cause: old.failure });
  const parsed = parseConfig(old.value, configPath);
  if (!parsed.ok) return parsed;
  const value = JSON.parse(Buffer.from(old.value).toString("utf8")) as Record<string, unknown>;
  const text = `${JSON.stringify({ ...value, records }, null, 2)}\n`;
  const config = parseConfig(text, configPath);
  if (!config.ok) return config;
  const project = projectOf(root, configPath, config.value);
  const others = families.filter((family) => family.configPath !== configPath);
  const [clash] = findClashes([...others, project]);
  return clash === undefined ? ok({ project, text }) : fail(clash);
}

async function migrateInto(
  staging: RecordStaging,
  migration: Migration,
): Promise<Result<MigrateOutcome, MigrateFailure>> {
  const { project, next, session, signal, options } = migration;
  const judgement = openJudgement(project, session, () => true);
  const digests = new Map<string, string>();
  return runProject<MigrateOutcome, MigrateFailure>(project, session, {
    signal,
    options,
    writesOutput: false,
    take: async (manifest) => {
      digests.set(manifest.name, manifest.manifest);
      await judgement.take(manifest);
    },
    finish: async ({ set, tally }) => {
      const report = await judgement.report(tally);
      if (!report.ok) return report;
      if (report.value.verdict !== "same") return ok({ report: report.value, migrated: null });
      const staged = await stageAnew(staging, { set, digests }, migration);
      if (!staged.ok) return staged;
      const replaced = await replaceRecords(staging, migration, [...digests.keys()]);
      return replaced.ok ? ok({ report: report.value, migrated: next.project }) : replaced;
    },
  });
}

/** Fingerprints the same manifests again, for their new records. */
async function stageAnew(
  staging: RecordStaging,
  { set, digests }: { readonly set: ManifestSet; readonly digests: ReadonlyMap<string, string> },
  { next: { project }, session, signal }: Migration,
): Promise<Result<void, MigrateFailure>> {
  const unstable: string[] = [];
  const batch = session.store.batch();
  const plan = {
    project,
    session,
    signal,
    ids: project.config.ids,
    writesOutput: false,
    batch,
    ahead: new AheadAnswers(),
  };
  for await (const manifest of fingerprintProject(set, plan)) {
    signal.throwIfAborted();
    if (!manifest.ok) return fail({ reason: "manifest-failed", manifests: [manifest.failure] });
    const { name, text } = manifest.value;
    if (manifest.value.manifest !== digests.get(name)) unstable.push(name);
    const staged = await staging.stage(recordFileName(name, project.config.records.extension), text);
    if (!staged.ok) return staged;
  }
  // What it could not keep, the run before could not either, and that one has said so.
  await batch.flush();
  return unstable.length > 0 ? fail({ reason: "manifests-unstable", names: unstable }) : ok(undefined);
}

async function replaceRecords(
  staging: RecordStaging,
  { project, next, signal }: Migration,
  names: readonly string[],
): Promise<Result<void, MigrateFailure>> {
  const { recordsFolder } = next.project;
  const isSameFolder = project.recordsFolder === recordsFolder;
  const oldFiles = fileNames(project, names);
  const free = await requireRoom(next.project, new Set(isSameFolder ? oldFiles : []));
  if (!free.ok) return free;
  signal.throwIfAborted();
  const committed = await staging.commit([]);
  if (!committed.ok) return committed;
  const written = await writeFileAtomic(join(project.root, project.configPath), next.text);
  if (!written.ok) return written;
  const kept = new Set(isSameFolder ? fileNames(next.project, names) : []);
  const obsolete = oldFiles.filter((file) => !kept.has(file));
  return removeOldRecords(join(project.root, project.recordsFolder), obsolete);
}

function fileNames({ config }: Project, names: readonly string[]): readonly string[] {
  return names.map((name) => recordFileName(name, config.records.extension));
}

/** New records never land on what is not theirs. */
async function requireRoom(
  project: Project,
  old: ReadonlySet<string>,
): Promise<Result<void, MigrateFailure>> {
  const standing = await listRecords(project);
  if (!standing.ok) return standing;
  const { names, strangers } = standing.value;
  const files = [...fileNames(project, names), ...strangers].filter((file) => !old.has(file)).sort();
  if (files.length === 0) return ok(undefined);
  return fail({ reason: "records-occupied", folder: project.recordsFolder, files });
}

async function removeOldRecords(
  folder: string,
  files: readonly string[],
): Promise<Result<void, WriteFailure>> {
  try {
    for (const file of files) await rm(join(folder, file), { force: true });
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "unknown";
    return fail({ reason: "write-failed", path: folder, code, cause });
  }
  // Only when nothing is left in it: that the new records stand elsewhere is all that was asked for.
  if (files.length > 0) await rmdir(folder).catch(() => undefined);
  return ok(undefined);
}
