import { ok, type Result } from "@imagegate/core";
import {
  explainChanges,
  findRenames,
  type ChangeSet,
  type Explanation,
  type ManifestSketch,
} from "@imagegate/core/explain";
import type { DocumentFailure } from "../failure.ts";
import type { Comparison, ExplainContext } from "./comparison.ts";
import { describeAll, type DescribedChange } from "./described-pairs.ts";
import { joinSides, nameManifests, type JoinedSides } from "./joined-sides.ts";
import type { Side, SideManifest } from "./side.ts";
import { sketchAll } from "./sketches.ts";
import { Texts } from "./texts.ts";

/** Two sides explained, and the manifests that the names of the explanation stand for. */
export interface ExplainedSides extends Pick<JoinedSides, "addressOf" | "nameOf"> {
  readonly explanation: Explanation;
}

/**
 * Explains what changed between two sides: what is told equal by its marks is not looked at, all else is compared in
 * the worker threads. A text that is nowhere to be found leaves its manifest unexplained, with the reason.
 */
export async function explainSides(
  before: Side,
  after: Side,
  context: ExplainContext,
): Promise<Result<ExplainedSides, DocumentFailure>> {
  const joined = joinSides(before, after, context.naming ?? nameManifests([before, after]));
  const run = { joined, texts: new Texts({ before, after }, joined), context };
  const changed = changedNames(joined);
  const changes = await describeAll(
    changed.map((name) => ({ name, before: name })),
    run,
  );
  if (!changes.ok) return changes;
  const added = [...joined.after.keys()].filter((name) => !joined.before.has(name));
  const sketches = await sketchAll("after", added, run);
  if (!sketches.ok) return sketches;
  const renames = await describeRenames(sketches.value, run);
  if (!renames.ok) return renames;
  const set: ChangeSet = {
    before: [...joined.before.keys()],
    after: [...joined.after.keys()],
    changes: changes.value.map(({ name, change }) => ({ name, change })),
    renames: renames.value.map(({ name, before: old, change }) => ({ before: old, after: name, change })),
    digests: new Map([...sketches.value].map(([name, { digest }]) => [name, digest])),
    unexplained: changed.flatMap((name) => {
      const unknown = run.texts.unknown(name);
      return unknown === undefined ? [] : [{ name, because: context.wordsFor(unknown) }];
    }),
    profile: context.profile,
  };
  const { addressOf, nameOf } = joined;
  return ok({ explanation: explainChanges(set), addressOf, nameOf });
}

function changedNames({ before, after }: JoinedSides): readonly string[] {
  return [...after].flatMap(([name, manifest]) => {
    const old = before.get(name);
    return old === undefined || isEqual(old, manifest) ? [] : [name];
  });
}

function isEqual(left: SideManifest, right: SideManifest): boolean {
  return left.marks.some((mark) => right.marks.includes(mark));
}

/** Manifests that are gone and manifests that are new may be the same under another name. */
async function describeRenames(
  added: ReadonlyMap<string, ManifestSketch>,
  run: Comparison,
): Promise<Result<readonly DescribedChange[], DocumentFailure>> {
  const { before, after } = run.joined;
  const removed = [...before.keys()].filter((name) => !after.has(name));
  if (removed.length === 0 || added.size === 0) return ok([]);
  const old = await sketchAll("before", removed, run);
  if (!old.ok) return old;
  const renames = findRenames(old.value, added, run.context.profile);
  const pairs = renames.map((rename) => ({ name: rename.after, before: rename.before }));
  return describeAll(pairs, run);
}
