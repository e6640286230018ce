import { fail, ok, type Result } from "@imagegate/core";
import { generateManifests, type GeneratedManifests } from "../checkout/regenerate.ts";
import { recordKindOf, type Project } from "../config/project.ts";
import type { RunFailure } from "../failure.ts";
import type { RunEvent } from "../report.ts";
import type { Session } from "../run/session.ts";
import { canonicalMark, recordMark, type Side, type SideManifest } from "./side.ts";

/** What definitions make where they stand, family by family. */
export interface GeneratedFamily {
  readonly project: Project;
  readonly manifests: GeneratedManifests;
}

/** A family that could not be generated, and why. */
export interface FailedFamily {
  readonly family: string;
  readonly failure: RunFailure;
}

/** How families are generated. */
interface GenerationOptions {
  readonly signal: AbortSignal;
  readonly ids?: "none" | "builtin" | "osbuild" | undefined;
  readonly onEvent?: ((family: string, event: RunEvent) => void) | undefined;
}

/** Generates all families of the working tree; the first that fails ends it. */
export async function generateFamilies(
  projects: readonly Project[],
  session: Session,
  { signal, ids, onEvent }: GenerationOptions,
): Promise<Result<readonly GeneratedFamily[], FailedFamily>> {
  const families: GeneratedFamily[] = [];
  for (const project of projects) {
    const { family } = project;
    const manifests = await generateManifests(project, session, {
      signal,
      ids,
      onEvent: (event) => onEvent?.(family, event),
    });
    if (!manifests.ok) return fail({ family, failure: manifests.failure });
    families.push({ project, manifests: manifests.value });
  }
  return ok(families);
}

/** Manifests that were just generated, as a side of a comparison: the store has them, or could not keep them. */
export function generatedSide(label: string, families: readonly GeneratedFamily[], { store }: Session): Side {
  return {
    label,
    families: new Map(
      families.map(
        ({ project, manifests }) => [project.family, sideOf(project, manifests, store.root)] as const,
      ),
    ),
    recover: async (lost) => lost.map(() => ({ reason: "text-not-kept" })),
  };
}

function sideOf(
  project: Project,
  manifests: GeneratedManifests,
  storeRoot: string,
): ReadonlyMap<string, SideManifest> {
  const of = JSON.stringify(recordKindOf(project));
  const exports = project.config.exports ?? null;
  return new Map(
    [...manifests].map(([name, { record, manifest, digest }]) => [
      name,
      {
        marks: [canonicalMark(manifest), recordMark(record, of)],
        source: { kind: "stored", storeRoot, digest },
        exports,
      },
    ]),
  );
}
