import type { DigestRecord, LinesRecord, ManifestRecord, RecordedPipeline } from "./record.ts";

/**
 * One line of a record that moved.
 * `before` and `after` are bare hexadecimal digests, `-` for a pipeline without stages, null where that record has no such line;
 * of `pipeline-order` they are the names of the pipelines that both records have.
 */
export type LineChange =
  | {
      readonly line: "manifest" | "sources" | "digest";
      readonly before: string | null;
      readonly after: string | null;
    }
  | {
      readonly line: "pipeline";
      readonly pipeline: string;
      readonly before: string | null;
      readonly after: string | null;
    }
  | {
      readonly line: "pipeline-order";
      readonly before: readonly string[];
      readonly after: readonly string[];
    };

/**
 * A recorded manifest against a generated one.
 * `inconsistent`: the manifest lines agree and others do not, so one of the records was not made from its manifest.
 */
export type RecordComparison =
  | { readonly verdict: "same" }
  | { readonly verdict: "changed" | "inconsistent"; readonly lines: readonly LineChange[] };

/** Compares two records of one kind; of two kinds is a caller's mistake and throws. */
export function compareRecords(recorded: ManifestRecord, generated: ManifestRecord): RecordComparison {
  const lines = changedLines(recorded, generated);
  if (lines.length === 0) return { verdict: "same" };
  const vouched = recorded.form === "lines" && lines.every(({ line }) => line !== "manifest");
  return { verdict: vouched ? "inconsistent" : "changed", lines };
}

function changedLines(before: ManifestRecord, after: ManifestRecord): readonly LineChange[] {
  if (before.form === "lines" && after.form === "lines") return changedOwnLines(before, after);
  if (before.form === "digest" && after.form === "digest" && before.algorithm === after.algorithm) {
    return changedDigest(before, after);
  }
  if (before.form === "pipeline-ids" && after.form === "pipeline-ids") {
    return changedPipelines(before.pipelines, after.pipelines);
  }
  throw new TypeError("records of different kinds cannot be compared");
}

function changedOwnLines(before: LinesRecord, after: LinesRecord): readonly LineChange[] {
  const changes: LineChange[] = [];
  for (const line of ["manifest", "sources"] as const) {
    if (before[line] !== after[line]) changes.push({ line, before: before[line], after: after[line] });
  }
  return [...changes, ...changedPipelines(before.pipelines, after.pipelines)];
}

function changedDigest(before: DigestRecord, after: DigestRecord): readonly LineChange[] {
  return before.digest === after.digest
    ? []
    : [{ line: "digest", before: before.digest, after: after.digest }];
}

/** Pipelines that are gone first, then the others in their new order. */
function changedPipelines(
  before: readonly RecordedPipeline[],
  after: readonly RecordedPipeline[],
): readonly LineChange[] {
  const old = new Map(before.map(({ name, id }) => [name, id ?? "-"]));
  const now = new Map(after.map(({ name, id }) => [name, id ?? "-"]));
  const changes: LineChange[] = [];
  for (const [pipeline, value] of old) {
    if (!now.has(pipeline)) changes.push({ line: "pipeline", pipeline, before: value, after: null });
  }
  for (const [pipeline, value] of now) {
    const was = old.get(pipeline) ?? null;
    if (was !== value) changes.push({ line: "pipeline", pipeline, before: was, after: value });
  }
  const oldOrder = [...old.keys()].filter((name) => now.has(name));
  const newOrder = [...now.keys()].filter((name) => old.has(name));
  if (oldOrder.some((name, index) => name !== newOrder[index])) {
    changes.push({ line: "pipeline-order", before: oldOrder, after: newOrder });
  }
  return changes;
}
