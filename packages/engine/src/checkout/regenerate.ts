import { ok, type Result, type Sha256 } from "@imagegate/core";
import type { Project } from "../config/project.ts";
import type { CheckoutFailure, RunFailure } from "../failure.ts";
import { openPool } from "../pool/pool.ts";
import type { FingerprintPlan, RecordedManifest } from "../run/fingerprint-project.ts";
import { cancellable, runProject, type RunOptions } from "../run/run.ts";
import type { Session } from "../run/session.ts";
import { withCheckout, type CheckoutPlan } from "./checkout.ts";

/** What a family's definitions make, manifest by manifest, by name: the record, and under which digest the store has it. */
export type GeneratedManifests = ReadonlyMap<string, GeneratedManifest>;

/** A manifest that was generated, without its text. */
interface GeneratedManifest {
  readonly record: RecordedManifest["record"];
  /** The text of the record. */
  readonly text: string;
  readonly manifest: Sha256;
  /** The digest under which the store keeps the manifest. */
  readonly digest: string;
}

/** The families of a commit: what each made, or why it did not. */
export type RegeneratedFamilies = ReadonlyMap<
  string,
  { readonly project: Project; readonly generated: Result<GeneratedManifests, RunFailure> }
>;

/** What is generated, and how. */
export interface RegenerationPlan extends CheckoutPlan {
  readonly session: Session;
  readonly signal: AbortSignal;
  /** The families to generate; those that the commit does not have are passed over. */
  readonly families: ReadonlySet<string>;
  /** Overrides the configurations. */
  readonly ids?: "none" | "builtin" | "osbuild" | undefined;
  readonly concurrency?: number;
  /** Whether what the store knows of bytes is used, which is the default, or all of it is to be there again. */
  readonly known?: FingerprintPlan["known"];
}

/** Generates families of a commit in a temporary checkout; the store then knows their manifests. */
export async function regenerateFamilies(
  plan: RegenerationPlan,
): Promise<Result<RegeneratedFamilies, CheckoutFailure>> {
  const { session, families } = plan;
  return withCheckout(plan, async (projects) => {
    const wanted = projects.filter(({ family }) => families.has(family));
    const own = needsOwnThreads(wanted) ? openOwn(session, plan.concurrency) : session;
    const regenerated: Map<string, { project: Project; generated: Result<GeneratedManifests, RunFailure> }> =
      new Map();
    try {
      for (const project of wanted) {
        const generated = await generateManifests(project, own, plan);
        regenerated.set(project.family, { project, generated });
      }
    } finally {
      if (own !== session) await own.close();
    }
    plan.signal.throwIfAborted();
    return ok(regenerated);
  });
}

/** Threads keep the modules that they loaded: those of a checkout go with it. */
function needsOwnThreads(projects: readonly Project[]): boolean {
  return projects.some(({ config }) => config.generator.kind === "module");
}

function openOwn(session: Session, concurrency: number = session.concurrency): Session {
  const pool = openPool(concurrency);
  return { ...session, concurrency: pool.concurrency, pool, close: () => pool.close() };
}

/** Generates a family where it stands and writes nothing there. */
export async function generateManifests(
  project: Project,
  session: Session,
  {
    signal,
    ids,
    known,
    onEvent,
  }: Pick<RegenerationPlan, "signal" | "ids" | "known"> & Pick<RunOptions, "onEvent">,
): Promise<Result<GeneratedManifests, RunFailure>> {
  const manifests = new Map<string, GeneratedManifest>();
  return cancellable(signal, () =>
    runProject(project, session, {
      signal,
      options: {
        ...(ids === undefined ? {} : { ids }),
        ...(onEvent === undefined ? {} : { onEvent }),
      },
      writesOutput: false,
      known,
      take: async ({ name, record, text, manifest, digest }) => {
        manifests.set(name, { record, text, manifest, digest });
      },
      finish: async () => ok(manifests),
    }),
  );
}
