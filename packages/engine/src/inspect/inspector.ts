import { fail, ok, type Fingerprint, type PipelineIds, type Result } from "@imagegate/core";
import type { Store } from "@imagegate/host";
import pLimit from "p-limit";
import type { InspectFailure } from "../failure.ts";
import { InspectCache, inspectKey } from "./cache.ts";
import type { OsbuildConfig } from "./osbuild.ts";

/** osbuild's ids and how they were come by. */
export interface Inspection {
  readonly pipelines: readonly PipelineIds[];
  readonly from: "cache" | "osbuild";
  readonly durationMs: number;
}

/** A manifest to inspect: its bytes, and the fingerprint that was made of them here. */
export interface InspectedManifest {
  readonly bytes: Uint8Array;
  readonly fingerprint: Fingerprint;
}

/** Asks osbuild, at most `concurrency` at a time, and remembers; a class, for it lives as long as a session. */
export class Inspector {
  readonly cache: InspectCache;
  readonly #limit: ReturnType<typeof pLimit>;
  readonly #versions = new Map<string, Promise<Result<string, InspectFailure>>>();

  constructor(store: Store, concurrency: number) {
    this.cache = new InspectCache(store);
    this.#limit = pLimit(concurrency);
  }

  /** The ids of a manifest; with `crossCheck` those computed here must be the same. */
  async inspect(
    { bytes, fingerprint }: InspectedManifest,
    config: OsbuildConfig,
    signal: AbortSignal,
  ): Promise<Result<Inspection, InspectFailure>> {
    const startedAt = performance.now();
    const version = await this.#version(config, signal);
    if (!version.ok) return version;
    const key = inspectKey({ manifest: fingerprint.manifest, version: version.value, config });
    const known = this.cache.get(key);
    const pipelines = known === undefined ? await this.#ask(bytes, config, signal) : ok(known);
    if (!pipelines.ok) return pipelines;
    const disagreement = config.crossCheck
      ? findDisagreement(fingerprint.pipelines ?? [], pipelines.value)
      : undefined;
    if (disagreement !== undefined) return fail(disagreement);
    if (known === undefined) await this.cache.set(key, pipelines.value);
    const from = known === undefined ? "osbuild" : "cache";
    return ok({ pipelines: pipelines.value, from, durationMs: performance.now() - startedAt });
  }

  #ask(
    bytes: Uint8Array,
    config: OsbuildConfig,
    signal: AbortSignal,
  ): Promise<Result<readonly PipelineIds[], InspectFailure>> {
    return this.#limit(async () => (await loadOsbuild()).inspectManifest(bytes, config, signal));
  }

  async #version(config: OsbuildConfig, signal: AbortSignal): Promise<Result<string, InspectFailure>> {
    const asked =
      this.#versions.get(config.executable) ??
      loadOsbuild().then(({ askOsbuildVersion }) => askOsbuildVersion(config, signal));
    this.#versions.set(config.executable, asked);
    const version = await asked;
    // A run that was cancelled says nothing to the next one.
    if (!version.ok && signal.aborted) this.#versions.delete(config.executable);
    return version;
  }
}

/** What parses osbuild's answers is dear to load, and most sessions ask nothing. */
function loadOsbuild() {
  return import("./osbuild.ts");
}

/** The first stage on which two computations differ. */
function findDisagreement(
  builtin: readonly PipelineIds[],
  osbuild: readonly PipelineIds[],
): InspectFailure | undefined {
  for (let index = 0; index < Math.max(builtin.length, osbuild.length); index++) {
    const ours = builtin[index];
    const theirs = osbuild[index];
    const pipeline = ours?.name ?? theirs?.name ?? "";
    const stages = Math.max(ours?.stages.length ?? 0, theirs?.stages.length ?? 0);
    for (let stage = 0; stage < stages; stage++) {
      const left = ours?.stages[stage]?.id ?? null;
      const right = theirs?.stages[stage]?.id ?? null;
      if (left !== right) return { reason: "ids-disagree", pipeline, stage, builtin: left, osbuild: right };
    }
    if (ours?.name !== theirs?.name) {
      return {
        reason: "ids-disagree",
        pipeline,
        stage: 0,
        builtin: ours?.id ?? null,
        osbuild: theirs?.id ?? null,
      };
    }
  }
  return undefined;
}
