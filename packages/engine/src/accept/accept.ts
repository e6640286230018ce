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
  const names = acceptedNames(review, acceptance);
  if (!names.ok) return names;
  const accepted = names.value.flatMap((name) => {
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
  return ok({ accepted: [...done].sort(), left });
}

function acceptedNames(
  { explained: { explanation }, records }: PendingReview,
  acceptance: Acceptance,
): Result<readonly string[], AcceptFailure> {
  switch (acceptance.kind) {
    case "all":
      return ok([...records.keys()]);
    case "class": {
      const causes = explanation.causes.filter((cause) => cause.class === acceptance.class);
      return ok(namesOf(explanation, new Set(causes.map(({ id }) => id))));
    }
    case "causes": {
      const known = explanation.causes.map(({ id }) => id);
      const unknown = acceptance.ids.find((id) => !known.includes(id));
      if (unknown !== undefined) return fail({ reason: "cause-unknown", id: unknown, known });
      return ok(namesOf(explanation, new Set(acceptance.ids)));
    }
  }
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
