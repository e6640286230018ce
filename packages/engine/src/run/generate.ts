import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fail, ok, recordFileName, type Result } from "@imagegate/core";
import { isTemporaryName } from "@imagegate/host";
import type { Project } from "../config/project.ts";
import type { RunFailure } from "../failure.ts";
import type { GenerateReport } from "../report.ts";
import type { RecordedManifest } from "./fingerprint-project.ts";
import { listRecords, readRecordUnless } from "./record-folder.ts";
import { cancellable, runProject, type CompleteRun, type RunOptions } from "./run.ts";
import type { Session } from "./session.ts";
import { stageRecords } from "./staged-run.ts";
import type { RecordStaging } from "./staging.ts";

/**
 * Generates a family's manifests and records them.
 *
 * Records change only after every manifest was generated and fingerprinted: new ones are staged as they come, then
 * renamed into place, and records of manifests that are no more are removed. Unchanged ones are not touched.
 */
export async function generate(
  project: Project,
  session: Session,
  options: RunOptions = {},
): Promise<Result<GenerateReport, RunFailure>> {
  const signal = options.signal ?? new AbortController().signal;
  const run = { project, session, signal, options };
  return cancellable(signal, () =>
    stageRecords(project, { signal, options }, (staging) => generateInto(staging, run)),
  );
}

interface GenerateRun {
  readonly project: Project;
  readonly session: Session;
  readonly signal: AbortSignal;
  readonly options: RunOptions;
}

/** What `generate` has seen so far. */
interface Changes {
  readonly added: string[];
  readonly changed: string[];
  readonly names: Set<string>;
  stagingFailure: RunFailure | undefined;
}

async function generateInto(
  staging: RecordStaging,
  { project, session, signal, options }: GenerateRun,
): Promise<Result<GenerateReport, RunFailure>> {
  const changes: Changes = { added: [], changed: [], names: new Set(), stagingFailure: undefined };
  return runProject(project, session, {
    signal,
    options,
    writesOutput: true,
    take: (manifest) => stageChange(project, staging, manifest, changes),
    finish: async (run) => {
      signal.throwIfAborted();
      if (changes.stagingFailure !== undefined) return fail(changes.stagingFailure);
      return commit(project, staging, changes, run);
    },
  });
}

async function stageChange(
  project: Project,
  staging: RecordStaging,
  { name, text }: RecordedManifest,
  changes: Changes,
): Promise<void> {
  changes.names.add(name);
  if (changes.stagingFailure !== undefined) return;
  const standing = readRecordUnless(project, name, text);
  if (standing.kind === "expected") return;
  (standing.kind === "none" ? changes.added : changes.changed).push(name);
  const staged = await staging.stage(recordFileName(name, project.config.records.extension), text);
  if (!staged.ok) changes.stagingFailure = staged.failure;
}

async function commit(
  project: Project,
  staging: RecordStaging,
  { added, changed, names }: Changes,
  { set, tally }: CompleteRun,
): Promise<Result<GenerateReport, RunFailure>> {
  const folder = await listRecords(project);
  if (!folder.ok) return folder;
  const { strangers } = folder.value;
  if (strangers.length > 0) {
    const paths = strangers.map((name) => `${project.recordsFolder}/${name}`);
    return fail({ reason: "records-strangers", paths });
  }
  const removed = folder.value.names.filter((name) => !names.has(name));
  const { extension } = project.config.records;
  const obsolete = [...removed.map((name) => recordFileName(name, extension)), ...folder.value.temporaries];
  const committed = await staging.commit(obsolete);
  if (!committed.ok) return committed;
  if (!set.isInPlace) await removeOldOutput(join(project.root, project.outputFolder), names);
  const unchanged = tally.manifests - added.length - changed.length;
  const counts = {
    added: added.length,
    changed: changed.length,
    removed: removed.length,
    damaged: 0,
    unchanged,
  };
  return ok({ family: project.family, added, changed, removed, summary: tally.summary(counts) });
}

/** Removes manifests of images that are no more, and what interrupted writes left behind. */
async function removeOldOutput(folder: string, names: ReadonlySet<string>): Promise<void> {
  for (const entry of await readdir(folder)) {
    const isOld = entry.endsWith(".json") && !names.has(entry.slice(0, -".json".length));
    if (isOld || isTemporaryName(entry)) await rm(join(folder, entry), { recursive: true, force: true });
  }
}
