import type { RecordExplanation } from "../report.ts";
import { explainChange } from "../run/explain-change.ts";
import { readRecord } from "../run/record-folder.ts";
import type { Session } from "../run/session.ts";
import type { PendingReview } from "./pending.ts";

/** All that changed in one manifest of a review; null where there is nothing to compare it with. */
export async function differenceOf(
  { records, reports }: PendingReview,
  name: string,
  { store }: Session,
): Promise<RecordExplanation | null> {
  const pending = records.get(name);
  if (pending === undefined) return null;
  const { project } = pending;
  const report = reports.find(({ family }) => family === project.family);
  const verdict = report?.verdicts.find((each) => each.name === pending.name);
  const standing = readRecord(project, pending.name);
  if (verdict?.state !== "changed" || standing.kind !== "record") return null;
  const isOsbuild = project.config.manifest === "osbuild";
  return explainChange(store, { base: standing.record, digest: verdict.digest, isOsbuild });
}
