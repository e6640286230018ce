import { fail, type Result } from "@imagegate/core";
import type { Project } from "../config/project.ts";
import type { FailedManifest, RunFailure } from "../failure.ts";
import { offerManifests } from "../generators/offer.ts";
import type { ManifestSet } from "../generators/manifest-set.ts";
import type { RunEvent } from "../report.ts";
import { fingerprintProject, type RecordedManifest } from "./fingerprint-project.ts";
import type { Session } from "./session.ts";
import { Tally } from "./tally.ts";

/** What a caller may say about a run. */
export interface RunOptions {
  /** Ends the run; no record is touched after that. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
  /** Overrides the configuration. */
  readonly ids?: "none" | "builtin" | "osbuild";
}

/** What a run over a family does with its manifests. */
export interface RunPlan {
  readonly writesOutput: boolean;
  readonly signal: AbortSignal;
  readonly options: RunOptions;
  /** Takes the manifests as they come, in the order of their names. */
  readonly take: (manifest: RecordedManifest) => Promise<void>;
}

/** What a complete run gives to those who asked for it. */
export interface CompleteRun {
  readonly set: ManifestSet;
  readonly tally: Tally;
}

/**
 * Generates and fingerprints all manifests of a family; `finish` is called only when every one of them succeeded,
 * while what the generator made is still there.
 */
export async function runProject<T>(
  project: Project,
  session: Session,
  {
    options,
    signal,
    writesOutput,
    take,
    finish,
  }: RunPlan & {
    readonly finish: (run: CompleteRun) => Promise<Result<T, RunFailure>>;
  },
): Promise<Result<T, RunFailure>> {
  const tally = new Tally(session);
  options.onEvent?.({ kind: "generator-started" });
  const set = await offerManifests(project, session, signal);
  if (!set.ok) return set;
  try {
    const total = set.value.manifests.length;
    const ids = options.ids ?? project.config.ids;
    const failed: FailedManifest[] = [];
    let done = 0;
    const plan = { project, session, signal, ids, writesOutput };
    for await (const manifest of fingerprintProject(set.value, plan)) {
      signal.throwIfAborted();
      done += 1;
      if (manifest.ok) {
        tally.add(manifest.value);
        await take(manifest.value);
      } else {
        failed.push(manifest.failure);
      }
      const { name } = manifest.ok ? manifest.value : manifest.failure;
      options.onEvent?.({ kind: "manifest-done", name, done, total });
    }
    if (failed.length > 0) return fail({ reason: "manifest-failed", manifests: failed });
    return await finish({ set: set.value, tally });
  } finally {
    await set.value.close();
  }
}

/** Runs something that may be cancelled; whatever goes wrong after that is `cancelled`. */
export async function cancellable<T>(
  signal: AbortSignal,
  work: () => Promise<Result<T, RunFailure>>,
): Promise<Result<T, RunFailure>> {
  try {
    signal.throwIfAborted();
    const result = await work();
    return !result.ok && signal.aborted ? fail({ reason: "cancelled" }) : result;
  } catch (cause) {
    if (signal.aborted) return fail({ reason: "cancelled" });
    throw cause;
  }
}
