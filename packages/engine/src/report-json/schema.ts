import { REPORT_LIMITS, REPORT_VERSION, type ReportDocument } from "@imagegate/core/report";
import * as z from "zod";

const count = z.int().nonnegative();
const name = z.string().min(1).max(REPORT_LIMITS.name).describe("The name of a manifest");
const names = z.array(name).max(REPORT_LIMITS.items);
const line = z.string().max(REPORT_LIMITS.line);
const lines = z.array(line).max(REPORT_LIMITS.items);
const id = z.string().regex(/^[0-9a-f]{16}$/);
const ids = z.array(id).max(REPORT_LIMITS.items);

const causeClass = z
  .enum(["rebuild", "id-blind", "visible-only"])
  .describe(
    "rebuild: the id of an exported pipeline moves; id-blind: what gets built can differ, no id moves; visible-only: sources, names, metadata",
  );

const partChange = z.enum(["same", "changed", "added", "removed", "moved", "inherits"]);

const detail = z.strictObject({
  text: line.describe("Plain words on one line"),
  diff: z.exactOptional(lines).describe("The lines of a unified diff"),
  manifests: z.exactOptional(names).describe("Those that it holds for, where not all of the cause's"),
});

const place = z.strictObject({
  pointer: line.describe("JSON Pointer in the document of that side"),
  json: z.string().max(REPORT_LIMITS.json).describe("What stands there, as JSON text"),
});

const edit = z.strictObject({
  before: z.exactOptional(place),
  after: z.exactOptional(place),
  place: line.describe("The part of the manifest in words"),
});

const pipeline = z.strictObject({
  name: line,
  change: partChange,
  exported: z.boolean(),
  build: line.nullable(),
  inputs: lines,
  stages: z.array(z.strictObject({ type: line, change: partChange })).max(REPORT_LIMITS.items),
});

const example = z.strictObject({
  manifest: name,
  edits: z.array(edit).max(REPORT_LIMITS.items),
  omittedEdits: count.describe("How many places of the cause are not among the edits"),
  pipelines: z.array(pipeline).max(REPORT_LIMITS.items),
});

const cause = z
  .strictObject({
    id: id.describe("A hash of the normalised change, the same in another run and after a rebase"),
    changes: ids.min(1).describe("Ids of the single changes that it is made of; its own where it is one"),
    kind: z.enum([
      "packages",
      "package-order",
      "inline-source",
      "source-location",
      "linked-value",
      "runner",
      "edit",
      "manifests-added",
      "manifests-removed",
      "manifests-renamed",
    ]),
    class: causeClass,
    title: line,
    details: z.array(detail).max(REPORT_LIMITS.items),
    scope: line.describe("Words that name exactly the manifests"),
    manifests: names,
    example: example.nullable(),
  })
  .describe("One change, wherever it shows");

const explainedManifest = z.strictObject({
  name,
  change: z.enum(["changed", "added", "removed"]),
  class: causeClass,
  causes: ids,
});

const commit = z.strictObject({
  commit: line,
  subject: line,
  causes: ids.describe("Those that it introduced"),
  records: z.enum(["same", "differ", "undecided"]),
  wrong: names.describe("The manifests whose records are wrong in it"),
});

const path = z
  .string()
  .max(REPORT_LIMITS.line)
  .regex(/^(?!\/)(?!.*\\)(?!(?:.*\/)?\.\.(?:\/|$)).+$/, "a relative POSIX path without ..");

/** The one source of the parser and of the published JSON Schema of a report. */
export const reportSchema = z
  .strictObject({
    version: z.literal(REPORT_VERSION),
    from: line.describe("What stands on the one side, such as a commit or a folder"),
    to: line.describe("What stands on the other side"),
    verdict: z
      .enum(["same", "differs", "undecided"])
      .nullable()
      .describe("Of a check; null where nothing was checked"),
    failures: lines.describe("What kept a check from deciding"),
    changed: count.describe("Counts of manifests; a rename counts as one added and one removed"),
    added: count,
    removed: count,
    unchanged: count,
    causes: z.array(cause).max(REPORT_LIMITS.items).describe("Biggest first"),
    unexplained: z
      .array(z.strictObject({ name, because: line }))
      .max(REPORT_LIMITS.items)
      .describe("Changed manifests of which only digests are known"),
    manifests: z.array(explainedManifest).max(REPORT_LIMITS.items).describe("All that differ, by name"),
    separator: z
      .string()
      .min(1)
      .max(REPORT_LIMITS.name)
      .describe("What stands between the parts of a manifest's name"),
    commits: z.array(commit).max(REPORT_LIMITS.items).describe("Oldest first"),
    locations: z
      .array(z.strictObject({ manifest: name, path }))
      .max(REPORT_LIMITS.items)
      .describe("The file that a manifest comes from: its definition when known, else its record"),
  })
  .describe("What differs between two sets of manifests, and why") satisfies z.ZodType<ReportDocument>;

/** The JSON Schema (draft 2020-12) of the report's document. */
export function reportJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(reportSchema, { io: "input" });
}
