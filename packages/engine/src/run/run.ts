import { fail, type Result } from "@imagegate/core";
import type { Project } from "../config/project.ts";
import type { FailedManifest, RunFailure } from "../failure.ts";
import { offerManifests } from "../generators/offer.ts";
import type { ManifestSet } from "../generators/manifest-set.ts";
import type { AheadReader } from "../generators/read-ahead.ts";
import type { RunEvent } from "../report.ts";
import {
  fingerprintAhead,
  fingerprintProject,
  type FingerprintPlan,
  type RecordedManifest,
} from "./fingerprint-project.ts";
import { AheadAnswers } from "./ahead-answers.ts";
import type { Session } from "./session.ts";
import { ownsName, type Shard } from "./shard.ts";
import { Tally } from "./tally.ts";

/** What a caller may say about a run. */
export interface RunOptions {
  /** Ends the run; no record is touched after that. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
  /** Overrides the configuration. */
  readonly ids?: "none" | "builtin" | "osbuild";
}

/** Which of a family's names are fingerprinted. */
export type NameFilter = (name: string) => boolean;

/** The names that a shard answers for; without a shard all of them. */
export function shardFilter({ config }: Project, shard: Shard | undefined): NameFilter {
  return shard === undefined ? () => true : (name) => ownsName(shard, name, config.split);
}

/** What a run over a family does with its manifests. */
export interface RunPlan {
  readonly writesOutput: boolean;
  readonly known?: FingerprintPlan["known"];
  /** The generator runs whole all the same. */
  readonly isWanted?: NameFilter;
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
export async function runProject<T, F = RunFailure>(
  project: Project,
  session: Session,
  {
    options,
    signal,
    writesOutput,
    known,
    isWanted = () => true,
    take,
    finish,
  }: RunPlan & {
    readonly finish: (run: CompleteRun) => Promise<Result<T, F>>;
  },
): Promise<Result<T, F | RunFailure>> {
  const tally = new Tally(session);
  options.onEvent?.({ kind: "generator-started" });
  const ids = options.ids ?? project.config.ids;
  const batch = session.store.batch();
  const plan = { project, session, signal, ids, writesOutput, known, batch, ahead: new AheadAnswers() };
  const set = await offerManifests(project, session, {
    signal,
    ahead: openAheadReader(plan, isWanted, tally),
  });
  // What was read ahead is known from here on, and what follows is there for an explanation.
  tally.addStoreFailures(await batch.flush());
  if (!set.ok) return set;
  try {
    const manifests = set.value.manifests.filter(({ name }) => isWanted(name));
    const total = manifests.length;
    const failed: FailedManifest[] = [];
    let done = 0;
    for await (const manifest of fingerprintProject({ ...set.value, manifests }, plan)) {
      signal.throwIfAborted();
      done += 1;
      if (manifest.ok) {
        tally.add(manifest.value);
        await take(manifest.value);
      } else {
        failed.push(manifest.failure);
      }
      const { name } = manifest.ok ? manifest.value : manifest.failure;
      const span = manifest.ok ? manifest.value.span : null;
      options.onEvent?.({ kind: "manifest-done", name, done, total, span });
    }
    tally.addStoreFailures(await batch.flush());
    if (failed.length > 0) return fail({ reason: "manifest-failed", manifests: failed });
    return await finish({ set: set.value, tally });
  } finally {
    await set.value.close();
  }
}

/** So much of a processor must be free, or whatever is read ahead delays the command as long as it takes. */
const FREE_PROCESSORS = 0.5;

/** Reads manifests before the command that writes them is done; half of the threads are left to that. */
function openAheadReader(plan: FingerprintPlan, isWanted: NameFilter, tally: Tally): AheadReader {
  const { concurrency, processors } = plan.session;
  return {
    concurrency: Math.max(1, Math.floor(concurrency / 2)),
    isIdle: () => processors.free() >= FREE_PROCESSORS,
    read: async (files) => {
      const wanted = files.filter(({ name }) => isWanted(name));
      if (wanted.length > 0) tally.addAhead(await fingerprintAhead(wanted, plan));
    },
    rest: async () => tally.addStoreFailures(await plan.batch.flush()),
  };
}

/** Runs something that may be cancelled; whatever goes wrong after that is `cancelled`. */
export async function cancellable<T, F = RunFailure>(
  signal: AbortSignal,
  work: () => Promise<Result<T, F>>,
): Promise<Result<T, F | RunFailure>> {
  try {
    signal.throwIfAborted();
    const result = await work();
    return !result.ok && signal.aborted ? fail({ reason: "cancelled" }) : result;
  } catch (cause) {
    if (signal.aborted) return fail({ reason: "cancelled" });
    throw cause;
  }
}
