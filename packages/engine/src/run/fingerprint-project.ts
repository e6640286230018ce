import { join } from "node:path";
import {
  fail,
  formatRecord,
  ok,
  type FingerprintMode,
  type ManifestRecord,
  type RecordKind,
  type RecordedPipeline,
  type Result,
  type Sha256,
} from "@imagegate/core";
import type { StoreBatch } from "@imagegate/host";
import { recordKindOf, type Project } from "../config/project.ts";
import type { FailedManifest, FingerprintFailure } from "../failure.ts";
import type { ManifestSet, OfferedManifest } from "../generators/manifest-set.ts";
import type { AheadFile } from "../generators/read-ahead.ts";
import type { Inspection } from "../inspect/inspector.ts";
import type { WorkSpan } from "../report.ts";
import { mapOrdered } from "../pool/ordered.ts";
import { batchManifests } from "../pool/batches.ts";
import type { TaskLimits } from "../pool/pool.ts";
import type {
  FingerprintedManifest,
  FingerprintSettings,
  FingerprintTask,
  ManifestAnswer,
  ManifestTask,
} from "../pool/task.ts";
import type { AheadAnswers } from "./ahead-answers.ts";
import type { Session } from "./session.ts";

/** A manifest and the record that it should have. */
export interface RecordedManifest {
  readonly name: string;
  readonly record: ManifestRecord;
  readonly text: string;
  /** The digest of the whole manifest, whatever the record says. */
  readonly manifest: Sha256;
  /** The digest under which the store keeps the manifest. */
  readonly digest: string;
  readonly generationMs: number;
  readonly span: WorkSpan;
  readonly damagedEntries: number;
  readonly inspection: Inspection | null;
}

/** How a project's manifests are fingerprinted. */
export interface FingerprintPlan {
  readonly project: Project;
  readonly session: Session;
  readonly signal: AbortSignal;
  readonly ids: "none" | "builtin" | "osbuild";
  /** Whether manifests are written to the output folder. */
  readonly writesOutput: boolean;
  /** What is known of bytes is used by default. */
  readonly known?: FingerprintSettings["known"] | undefined;
  /** Takes what the store lacks. */
  readonly batch: StoreBatch;
  /** What was found out while the generator still ran. */
  readonly ahead: AheadAnswers;
}

const READ_TIMEOUT_MS = 3_600_000;

/** Fingerprints all manifests, a bounded number at a time, in the set's order; a failed one does not end the others. */
export async function* fingerprintProject(
  set: ManifestSet,
  plan: FingerprintPlan,
): AsyncGenerator<Result<RecordedManifest, FailedManifest>> {
  const { concurrency } = plan.session;
  // Two a thread: the next ones wait where the last ones leave. A family that wants fewer threads has none waiting.
  const limit = Math.min(concurrency * 2, plan.project.config.concurrency ?? Number.POSITIVE_INFINITY);
  const batches = batchManifests(set.manifests, concurrency);
  for await (const batch of mapOrdered(batches, limit, (offered) => fingerprintOffered(offered, set, plan))) {
    yield* batch;
  }
}

/**
 * Fingerprints files that may still change; what is wrong with them is nothing yet. How many entries of the store it
 * found damaged.
 */
export async function fingerprintAhead(files: readonly AheadFile[], plan: FingerprintPlan): Promise<number> {
  const manifests = files.map(({ name, path }): ManifestTask => ({
    name,
    source: { kind: "file", path },
    outputPath: null,
  }));
  const { signal } = plan;
  try {
    const limits = { signal, timeoutMs: READ_TIMEOUT_MS };
    const settings = { ...settingsFor(plan), returnInspected: false };
    const answers = await fingerprintManifests({ manifests, settings }, plan, limits);
    let damagedEntries = 0;
    for (const [at, file] of files.entries()) {
      const answer = answers[at] as ManifestAnswer;
      if (!answer.ok) continue;
      damagedEntries += answer.value.damagedEntries;
      // An inspection takes the bytes, and those of all manifests would be too many to hold.
      if (!settings.isInspected) plan.ahead.add(file, ok({ ...answer.value, damagedEntries: 0 }));
    }
    return damagedEntries;
  } catch (cause) {
    if (signal.aborted) return 0;
    throw cause;
  }
}

/** Asks the threads, and keeps what the store lacked. */
async function fingerprintManifests(
  work: Omit<FingerprintTask, "task">,
  { session, batch }: FingerprintPlan,
  limits: TaskLimits,
): Promise<readonly ManifestAnswer[]> {
  const { manifests: answers, sealed } = await session.pool.fingerprint(work, limits);
  for (const entries of sealed) await batch.add(entries);
  return answers;
}

function settingsFor(plan: FingerprintPlan): FingerprintSettings {
  return {
    mode: modeOf(plan),
    recordKind: recordKindOf(plan.project),
    maxManifestBytes: plan.project.config.maxManifestBytes,
    storeRoot: plan.session.store.root,
    known: plan.known ?? "used",
    isInspected: plan.ids === "osbuild",
    returnInspected: plan.ids === "osbuild",
  };
}

async function fingerprintOffered(
  offered: readonly OfferedManifest[],
  { isInPlace }: ManifestSet,
  plan: FingerprintPlan,
): Promise<readonly Result<RecordedManifest, FailedManifest>[]> {
  const { project, signal, writesOutput } = plan;
  const { generator } = project.config;
  const outputFolder = writesOutput && !isInPlace ? join(project.root, project.outputFolder) : null;
  const answers = new Map<string, ManifestAnswer>();
  const manifests: ManifestTask[] = [];
  for (const manifest of offered) {
    const known = outputFolder === null ? plan.ahead.take(manifest) : undefined;
    const { name } = manifest;
    if (known !== undefined) answers.set(name, ok(known));
    else
      manifests.push({
        ...manifest,
        outputPath: outputFolder === null ? null : join(outputFolder, `${name}.json`),
      });
  }
  if (manifests.length > 0) {
    const timeoutMs = generator.kind === "module" ? generator.timeoutMs : READ_TIMEOUT_MS;
    const work = { manifests, settings: settingsFor(plan) };
    const asked = await fingerprintManifests(work, plan, { signal, timeoutMs });
    for (const [at, { name }] of manifests.entries()) answers.set(name, asked[at] as ManifestAnswer);
  }
  return Promise.all(
    offered.map(async ({ name }) => {
      const recorded = await recordAnswer(answers.get(name) as ManifestAnswer, plan);
      return recorded.ok ? recorded : fail({ name, failure: recorded.failure });
    }),
  );
}

async function recordAnswer(
  answer: ManifestAnswer,
  plan: FingerprintPlan,
): Promise<Result<RecordedManifest, FingerprintFailure>> {
  if (!answer.ok) return answer;
  const { project, session, signal } = plan;
  const { fingerprint, inspected } = answer.value;
  const inspection =
    inspected === null
      ? ok(null)
      : await session.inspector.inspect(inspected, project.config.osbuild, signal);
  if (!inspection.ok) return inspection;
  const pipelines = inspection.value?.pipelines ?? fingerprint.pipelines ?? [];
  const record = recordOf(answer.value, pipelines, recordKindOf(project));
  if (!record.ok) return record;
  return ok({
    name: answer.value.name,
    record: record.value,
    text: formatRecord(record.value),
    manifest: fingerprint.manifest,
    digest: answer.value.bareDigest ?? fingerprint.manifest,
    generationMs: answer.value.generationMs,
    span: answer.value.span,
    damagedEntries: answer.value.damagedEntries,
    inspection: inspection.value,
  });
}

function modeOf({ project, ids }: FingerprintPlan): FingerprintMode {
  const { manifest, osbuild } = project.config;
  if (manifest === "json") return "json";
  return ids === "builtin" || (ids === "osbuild" && osbuild.crossCheck) ? "osbuild-ids" : "osbuild";
}

function recordOf(
  { fingerprint, bareDigest }: FingerprintedManifest,
  pipelines: readonly RecordedPipeline[],
  kind: RecordKind,
): Result<ManifestRecord, FingerprintFailure> {
  const [first, ...rest] = pipelines.map(({ name, id }): RecordedPipeline => ({ name, id }));
  switch (kind.form) {
    case "digest":
      return ok({ form: "digest", algorithm: kind.algorithm, digest: bareDigest as string });
    case "pipeline-ids":
      return first === undefined
        ? fail({ reason: "no-pipelines" })
        : ok({ form: "pipeline-ids", pipelines: [first, ...rest] });
    case "lines": {
      const { manifest, sources } = fingerprint;
      return ok({ form: "lines", manifest, sources, pipelines: first === undefined ? [] : [first, ...rest] });
    }
  }
}
