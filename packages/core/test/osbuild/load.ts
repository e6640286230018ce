import { computeIds, type PipelineIds } from "../../src/osbuild/ids.ts";
import type { ManifestFailure } from "../../src/osbuild/failure.ts";
import type { Result } from "../../src/result.ts";
import { readTape } from "../json/read-tape.ts";

/** A manifest, or a part of it, as a test writes it. */
export type Draft = Readonly<Record<string, unknown>>;

/** The ids of a manifest of version 2 with these pipelines. */
function load(
  pipelines: readonly unknown[],
  rest: Draft = {},
): Result<readonly PipelineIds[], ManifestFailure> {
  return computeIds(readTape(JSON.stringify({ version: "2", ...rest, pipelines })));
}

/** The ids of a manifest that must load. */
export function idsOf(pipelines: readonly unknown[], rest: Draft = {}): readonly PipelineIds[] {
  const ids = load(pipelines, rest);
  if (!ids.ok) throw new Error(`does not load: ${JSON.stringify(ids.failure)}`);
  return ids.value;
}

/** The failure of a manifest that must not load. */
export function failureOf(pipelines: readonly unknown[], rest: Draft = {}): ManifestFailure {
  const ids = load(pipelines, rest);
  if (ids.ok) throw new Error(`loads: ${JSON.stringify(ids.value)}`);
  return ids.failure;
}

/** The id of the only stage of a pipeline of its own. */
export function stageId(stage: Draft, rest: Draft = {}): string {
  return idsOf([{ name: "os", stages: [{ type: "org.osbuild.x", ...stage }] }], rest)[0]?.id as string;
}

/** The failure of a manifest of one stage. */
export function stageFailure(stage: unknown, rest: Draft = {}): ManifestFailure {
  return failureOf([{ name: "os", stages: [stage] }], rest);
}
