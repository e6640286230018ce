import type { JsonTape } from "../json/tape.ts";
import { bytesOf } from "../json/tape.ts";
import { sha256 } from "../digest/sha256.ts";
import { canonicalDocument } from "../osbuild/sections.ts";
import type { ManifestChange } from "./manifest-change.ts";
import type { ExplainProfile } from "./profile.ts";

/** Enough of a manifest to tell which others are like it: short digests of its stages, sorted. */
export interface ManifestSketch {
  /** Of the canonical document. */
  readonly digest: string;
  readonly stages: readonly string[];
}

/** Two names of what looks like one manifest. */
export interface Rename {
  readonly before: string;
  readonly after: string;
}

/** A manifest that became another under a new name, and what changed in it. */
export interface RenamedManifest extends Rename {
  readonly change: ManifestChange;
}

/** The sketch of an added or removed manifest. */
export function sketchManifest(tape: JsonTape): ManifestSketch {
  const { bytes, sections } = canonicalDocument(tape);
  const stages = sections
    .filter(({ kind }) => kind === "stage")
    .map(({ start, end }) => sha256(bytes.subarray(start, end)).slice(0, 16));
  return {
    digest: sha256(bytes),
    stages: (stages.length > 0 ? stages : [sha256(bytesOf(tape, 0)).slice(0, 16)]).toSorted(),
  };
}

/** Which removed manifest stands on under which new name: names that differ in one part, and mostly the same stages. */
export function findRenames(
  removed: ReadonlyMap<string, ManifestSketch>,
  added: ReadonlyMap<string, ManifestSketch>,
  profile: ExplainProfile,
): readonly Rename[] {
  const candidates = [...removed].flatMap(([before, old]) =>
    [...added].flatMap(([after, now]) => {
      if (differingParts(before, after, profile) !== 1) return [];
      const likeness = alike(old, now);
      return likeness < minLikeness ? [] : [{ before, after, likeness }];
    }),
  );
  const taken = new Set<string>();
  return candidates
    .toSorted((a, b) => b.likeness - a.likeness || compareRenames(a, b))
    .filter(({ before, after }) => {
      if (taken.has(`- ${before}`) || taken.has(`+ ${after}`)) return false;
      taken.add(`- ${before}`).add(`+ ${after}`);
      return true;
    })
    .map(({ before, after }) => ({ before, after }))
    .toSorted(compareRenames);
}

/** The least share of equal stages. */
const minLikeness = 0.6;

function compareRenames(a: Rename, b: Rename): number {
  if (a.before !== b.before) return a.before < b.before ? -1 : 1;
  return a.after < b.after ? -1 : a.after > b.after ? 1 : 0;
}

function differingParts(before: string, after: string, { separator, parts }: ExplainProfile): number {
  const [old, now] = [before.split(separator), after.split(separator)];
  if (old.length !== now.length) return parts.length;
  return old.filter((part, index) => part !== now[index]).length;
}

function alike(before: ManifestSketch, after: ManifestSketch): number {
  const left = new Map<string, number>();
  for (const stage of before.stages) left.set(stage, (left.get(stage) ?? 0) + 1);
  let common = 0;
  for (const stage of after.stages) {
    const count = left.get(stage) ?? 0;
    if (count > 0) common += 1;
    left.set(stage, count - 1);
  }
  return common / Math.max(before.stages.length, after.stages.length);
}
