import { fail, ok, recordFileName, type Result } from "@imagegate/core";
import type { CauseClass, Explanation } from "@imagegate/core/explain";
import type { Project } from "../config/project.ts";
import type { AcceptFailure } from "../failure.ts";
import { recordPath } from "../run/record-folder.ts";
import { cancellable } from "../run/run.ts";
import { stageRecords } from "../run/staged-run.ts";
import type { RecordStaging } from "../run/staging.ts";
import { standingText, type PendingRecord, type PendingReview } from "./pending.ts";

/** Which changes are accepted. */
export type Acceptance =
  | { readonly kind: "causes"; readonly ids: readonly string[] }
  | { readonly kind: "class"; readonly class: CauseClass }
  | { readonly kind: "all" };

/** What became of the records. */
export interface Accepted {
  /** Manifests whose records were written or removed, as the explanation calls them; sorted. */
  readonly accepted: readonly string[];
  /** Manifests whose records still differ; sorted. */
  readonly left: readonly string[];
  /** The ids of the causes that were accepted, in their order. */
  readonly causes: readonly string[];
  /** Of those, the ones with an accepted cause that another one holds back; sorted. */
  readonly heldBack: readonly string[];
  /** The ids of the causes that hold them back, in their order. */
  readonly missing: readonly string[];
}

/**
 * Accepts causes: the records of exactly those manifests change whose every cause is accepted, family by family as
 * `generate` does it. The record's change is all there is of it; nothing else remembers what was accepted. Manifests
 * that nothing explains are accepted with all.
 */
export async function accept(
  review: PendingReview,
  acceptance: Acceptance,
  signal: AbortSignal,
): Promise<Result<Accepted, AcceptFailure>> {
  const causes = acceptedCauses(review, acceptance);
  if (!causes.ok) return causes;
  const { explanation } = review.explained;
  const names = acceptance.kind === "all" ? [...review.records.keys()] : namesOf(explanation, causes.value);
  const accepted = names.flatMap((name) => {
    const record = review.records.get(name);
    return record === undefined ? [] : [{ name, record }];
  });
  const families = new Map<Project, PendingRecord[]>();
  for (const { record } of accepted) {
    const group = families.get(record.project);
    if (group === undefined) families.set(record.project, [record]);
    else group.push(record);
  }
  for (const [project, records] of families) {
    const written = await cancellable<void, AcceptFailure>(signal, () =>
      stageRecords(project, { signal, options: {} }, (staging) => writeRecords(staging, records, signal)),
    );
    if (!written.ok) return written;
  }
  const done = new Set(accepted.map(({ name }) => name));
  const left = [...review.records.keys()].filter((name) => !done.has(name)).sort();
  return ok({
    accepted: [...done].sort(),
    left,
    causes: [...causes.value],
    ...holdBack(explanation, causes.value),
  });
}

/** The ids of the causes that are accepted; a cause also is when all changes that it is made of are. */
function acceptedCauses(
  { explained: { explanation } }: PendingReview,
  acceptance: Acceptance,
): Result<ReadonlySet<string>, AcceptFailure> {
  const { causes } = explanation;
  switch (acceptance.kind) {
    case "all":
      return ok(new Set(causes.map(({ id }) => id)));
    case "class":
      return ok(new Set(causes.filter((cause) => cause.class === acceptance.class).map(({ id }) => id)));
    case "causes": {
      const given = new Set(acceptance.ids);
      const known = new Set(causes.flatMap(({ id, changes }) => [id, ...changes]));
      const unknown = acceptance.ids.find((id) => !known.has(id));
      if (unknown !== undefined)
        return fail({ reason: "cause-unknown", id: unknown, known: causes.map(({ id }) => id) });
      const accepted = causes.filter(
        ({ id, changes }) => given.has(id) || changes.every((change) => given.has(change)),
      );
      return ok(new Set(accepted.map(({ id }) => id)));
    }
  }
}

/** The manifests that have an accepted cause and another, and what else they have. */
function holdBack(
  { causes, manifests }: Explanation,
  accepted: ReadonlySet<string>,
): Pick<Accepted, "heldBack" | "missing"> {
  const held = manifests.filter(
    (manifest) =>
      manifest.causes.some((id) => accepted.has(id)) && manifest.causes.some((id) => !accepted.has(id)),
  );
  const others = new Set(held.flatMap((manifest) => manifest.causes.filter((id) => !accepted.has(id))));
  return {
    heldBack: held.map(({ name }) => name).sort(),
    missing: causes.flatMap(({ id }) => (others.has(id) ? [id] : [])),
  };
}

/** The manifests that these causes explain, all of what changed in them. */
export function namesOf(explanation: Explanation, accepted: ReadonlySet<string>): readonly string[] {
  return explanation.manifests
    .filter(({ causes }) => causes.length > 0 && causes.every((id) => accepted.has(id)))
    .map(({ name }) => name);
}

/** Nothing is written over a record that is not what was looked at. */
async function writeRecords(
  staging: RecordStaging,
  records: readonly PendingRecord[],
  signal: AbortSignal,
): Promise<Result<void, AcceptFailure>> {
  const moved = records.filter(({ project, name, standing }) => standingText(project, name) !== standing);
  if (moved.length > 0) {
    return fail({
      reason: "records-moved",
      paths: moved.map(({ project, name }) => recordPath(project, name)),
    });
  }
  const obsolete: string[] = [];
  for (const { project, name, text } of records) {
    const fileName = recordFileName(name, project.config.records.extension);
    if (text === null) obsolete.push(fileName);
    else {
      const staged = await staging.stage(fileName, text);
      if (!staged.ok) return staged;
    }
  }
  signal.throwIfAborted();
  return staging.commit(obsolete);
}
