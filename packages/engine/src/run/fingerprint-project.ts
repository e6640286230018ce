import { join } from "node:path";
import {
  fail,
  formatRecord,
  ok,
  type FingerprintMode,
  type ManifestRecord,
  type PipelineIds,
  type RecordKind,
  type RecordedPipeline,
  type Result,
} from "@imagegate/core";
import { recordKindOf, type Project } from "../config/project.ts";
import type { FailedManifest, FingerprintFailure } from "../failure.ts";
import type { ManifestSet, OfferedManifest } from "../generators/manifest-set.ts";
import type { Inspection } from "../inspect/inspector.ts";
import { mapOrdered } from "../pool/ordered.ts";
import type { FingerprintedManifest } from "../pool/task.ts";
import type { Session } from "./session.ts";

/** A manifest and the record that it should have. */
export interface RecordedManifest {
  readonly name: string;
  readonly record: ManifestRecord;
  readonly text: string;
  /** The digest under which the store keeps the manifest. */
  readonly digest: string;
  readonly generationMs: number;
  readonly inspection: Inspection | null;
  readonly storeFailures: FingerprintedManifest["storeFailures"];
}

/** How a project's manifests are fingerprinted. */
export interface FingerprintPlan {
  readonly project: Project;
  readonly session: Session;
  readonly signal: AbortSignal;
  readonly ids: "none" | "builtin" | "osbuild";
  /** Whether manifests are written to the output folder. */
  readonly writesOutput: boolean;
}

const READ_TIMEOUT_MS = 3_600_000;

/** Fingerprints all manifests, a bounded number at a time, in the set's order; a failed one does not end the others. */
export async function* fingerprintProject(
  set: ManifestSet,
  plan: FingerprintPlan,
): AsyncGenerator<Result<RecordedManifest, FailedManifest>> {
  const { concurrency } = plan.session;
  // Two a thread: the next manifest waits where the last one leaves. A family that wants fewer threads has none waiting.
  const limit = Math.min(concurrency * 2, plan.project.config.concurrency ?? Number.POSITIVE_INFINITY);
  yield* mapOrdered(set.manifests, limit, async (offered) => {
    const recorded = await fingerprintOffered(offered, set.isInPlace, plan);
    return recorded.ok ? recorded : fail({ name: offered.name, failure: recorded.failure });
  });
}

async function fingerprintOffered(
  { name, source }: OfferedManifest,
  isInPlace: boolean,
  plan: FingerprintPlan,
): Promise<Result<RecordedManifest, FingerprintFailure>> {
  const { project, session, signal, ids } = plan;
  const { generator, maxManifestBytes } = project.config;
  const recordKind = recordKindOf(project);
  const outputPath = join(project.root, project.outputFolder, `${name}.json`);
  const answer = await session.pool.fingerprint(
    {
      task: "fingerprint",
      name,
      source,
      mode: modeOf(plan),
      recordKind,
      maxManifestBytes,
      storeRoot: session.store.root,
      outputPath: plan.writesOutput && !isInPlace ? outputPath : null,
      returnBytes: ids === "osbuild",
    },
    { signal, timeoutMs: generator.kind === "module" ? generator.timeoutMs : READ_TIMEOUT_MS },
  );
  if (!answer.ok) return answer;
  const { fingerprint, bytes } = answer.value;
  const inspection =
    bytes === null
      ? ok(null)
      : await session.inspector.inspect({ bytes, fingerprint }, project.config.osbuild, signal);
  if (!inspection.ok) return inspection;
  const pipelines = inspection.value?.pipelines ?? fingerprint.pipelines ?? [];
  const record = recordOf(answer.value, pipelines, recordKind);
  if (!record.ok) return record;
  return ok({
    name,
    record: record.value,
    text: formatRecord(record.value),
    digest: answer.value.bareDigest ?? fingerprint.manifest,
    generationMs: answer.value.generationMs,
    inspection: inspection.value,
    storeFailures: answer.value.storeFailures,
  });
}

function modeOf({ project, ids }: FingerprintPlan): FingerprintMode {
  const { manifest, osbuild } = project.config;
  if (manifest === "json") return "json";
  return ids === "builtin" || (ids === "osbuild" && osbuild.crossCheck) ? "osbuild-ids" : "osbuild";
}

function recordOf(
  { fingerprint, bareDigest }: FingerprintedManifest,
  pipelines: readonly PipelineIds[],
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
