import { fail, ok, type Result } from "@imagegate/core";
import { generateManifests, type GeneratedManifests } from "../checkout/regenerate.ts";
import { recordKindOf, type Project } from "../config/project.ts";
import type { RunFailure } from "../failure.ts";
import type { DocumentSource } from "../pool/task.ts";
import type { RunEvent } from "../report.ts";
import type { Session } from "../run/session.ts";
import {
  canonicalMark,
  recordMark,
  type ManifestAddress,
  type Side,
  type SideManifest,
  type UnknownText,
} from "./side.ts";

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

/** Generates families once more, so that the store has all of their manifests. */
export type Remake = (
  families: ReadonlySet<string>,
) => Promise<ReadonlyMap<string, Result<GeneratedManifests, unknown>>>;

/** Generates families where they stand once more. */
export function remakeIn(
  projects: readonly Project[],
  session: Session,
  options: Pick<GenerationOptions, "signal" | "ids">,
): Remake {
  return async (families) => {
    const made = new Map<string, Result<GeneratedManifests, RunFailure>>();
    for (const project of projects.filter(({ family }) => families.has(family))) {
      made.set(project.family, await generateManifests(project, session, { ...options, known: "ignored" }));
    }
    return made;
  };
}

/** Finds manifests that were generated before, once more; one that is another now is lost. */
export async function recoverGenerated(
  lost: readonly ManifestAddress[],
  remake: Remake,
  {
    digestOf,
    storeRoot,
  }: { readonly digestOf: (address: ManifestAddress) => string | undefined; readonly storeRoot: string },
): Promise<readonly (DocumentSource | UnknownText)[]> {
  const made = await remake(new Set(lost.map(({ family }) => family)));
  return lost.map((address) => {
    const generated = made.get(address.family);
    const digest = generated?.ok === true ? generated.value.get(address.name)?.digest : undefined;
    return digest === undefined || digest !== digestOf(address)
      ? { reason: "text-not-kept" }
      : { kind: "stored", storeRoot, digest };
  });
}

/** Manifests that were just generated, as a side of a comparison: the store has them, unless it lost some since. */
export function generatedSide(
  label: string,
  families: readonly GeneratedFamily[],
  { storeRoot, remake }: { readonly storeRoot: string; readonly remake: Remake },
): Side {
  const byFamily = new Map(families.map(({ project, manifests }) => [project.family, manifests]));
  const digestOf = ({ family, name }: ManifestAddress): string | undefined =>
    byFamily.get(family)?.get(name)?.digest;
  return {
    label,
    families: new Map(
      families.map(
        ({ project, manifests }) => [project.family, sideOf(project, manifests, storeRoot)] as const,
      ),
    ),
    recover: (lost) => recoverGenerated(lost, remake, { digestOf, storeRoot }),
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
