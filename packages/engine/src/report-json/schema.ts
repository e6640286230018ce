import { REPORT_LIMITS, REPORT_VERSION, type ReportDocument } from "@imagegate/core/report";
import * as z from "zod/mini";

z.config(z.locales.en());

const count = z.int().check(z.nonnegative());
const name = z
  .string()
  .check(z.minLength(1), z.maxLength(REPORT_LIMITS.name), z.describe("The name of a manifest"));
const names = z.array(name).check(z.maxLength(REPORT_LIMITS.items));
const line = z.string().check(z.maxLength(REPORT_LIMITS.line));
const lines = z.array(line).check(z.maxLength(REPORT_LIMITS.items));
const id = z.string().check(z.regex(/^[0-9a-f]{16}$/));
const ids = z.array(id).check(z.maxLength(REPORT_LIMITS.items));

const causeClass = z
  .enum(["rebuild", "id-blind", "visible-only"])
  .check(
    z.describe(
      "rebuild: the id of an exported pipeline moves; id-blind: what gets built can differ, no id moves; visible-only: sources, names, metadata",
    ),
  );

const partChange = z.enum(["same", "changed", "added", "removed", "moved", "inherits"]);

const detail = z.strictObject({
  text: line.check(z.describe("Plain words on one line")),
  diff: z.exactOptional(lines).check(z.describe("The lines of a unified diff")),
  manifests: z
    .exactOptional(names)
    .check(z.describe("Those that it holds for, where not all of the cause's")),
});

const place = z.strictObject({
  pointer: line.check(z.describe("JSON Pointer in the document of that side")),
  json: z.string().check(z.maxLength(REPORT_LIMITS.json), z.describe("What stands there, as JSON text")),
});

const edit = z.strictObject({
  before: z.exactOptional(place),
  after: z.exactOptional(place),
  place: line.check(z.describe("The part of the manifest in words")),
});

const pipeline = z.strictObject({
  name: line,
  change: partChange,
  exported: z.boolean(),
  build: z.nullable(line),
  inputs: lines,
  stages: z.array(z.strictObject({ type: line, change: partChange })).check(z.maxLength(REPORT_LIMITS.items)),
});

const example = z.strictObject({
  manifest: name,
  edits: z.array(edit).check(z.maxLength(REPORT_LIMITS.items)),
  omittedEdits: count.check(z.describe("How many places of the cause are not among the edits")),
  pipelines: z.array(pipeline).check(z.maxLength(REPORT_LIMITS.items)),
});

const cause = z
  .strictObject({
    id: id.check(z.describe("A hash of the normalised change, the same in another run and after a rebase")),
    changes: ids.check(
      z.minLength(1),
      z.describe("Ids of the single changes that it is made of; its own where it is one"),
    ),
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
    details: z.array(detail).check(z.maxLength(REPORT_LIMITS.items)),
    scope: line.check(z.describe("Words that name exactly the manifests")),
    manifests: names,
    example: z.nullable(example),
  })
  .check(z.describe("One change, wherever it shows"));

const explainedManifest = z.strictObject({
  name,
  change: z.enum(["changed", "added", "removed"]),
  class: causeClass,
  causes: ids,
});

const commit = z.strictObject({
  commit: line,
  subject: line,
  causes: ids.check(z.describe("Those that it introduced")),
  records: z.enum(["same", "differ", "undecided"]),
  wrong: names.check(z.describe("The manifests whose records are wrong in it")),
});

const path = z
  .string()
  .check(
    z.maxLength(REPORT_LIMITS.line),
    z.regex(/^(?!\/)(?!.*\\)(?!(?:.*\/)?\.\.(?:\/|$)).+$/, "a relative POSIX path without .."),
  );

/** The one source of the parser and of the published JSON Schema of a report. */
export const reportSchema = z
  .strictObject({
    version: z.literal(REPORT_VERSION),
    from: line.check(z.describe("What stands on the one side, such as a commit or a folder")),
    to: line.check(z.describe("What stands on the other side")),
    verdict: z
      .nullable(z.enum(["same", "differs", "undecided"]))
      .check(z.describe("Of a check; null where nothing was checked")),
    failures: lines.check(z.describe("What kept a check from deciding")),
    changed: count.check(z.describe("Counts of manifests; a rename counts as one added and one removed")),
    added: count,
    removed: count,
    unchanged: count,
    causes: z.array(cause).check(z.maxLength(REPORT_LIMITS.items), z.describe("Biggest first")),
    unexplained: z
      .array(z.strictObject({ name, because: line }))
      .check(
        z.maxLength(REPORT_LIMITS.items),
        z.describe("Changed manifests of which only digests are known"),
      ),
    manifests: z
      .array(explainedManifest)
      .check(z.maxLength(REPORT_LIMITS.items), z.describe("All that differ, by name")),
    separator: z
      .string()
      .check(
        z.minLength(1),
        z.maxLength(REPORT_LIMITS.name),
        z.describe("What stands between the parts of a manifest's name"),
      ),
    commits: z.array(commit).check(z.maxLength(REPORT_LIMITS.items), z.describe("Oldest first")),
    locations: z
      .array(z.strictObject({ manifest: name, path }))
      .check(
        z.maxLength(REPORT_LIMITS.items),
        z.describe("The file that a manifest comes from: its definition when known, else its record"),
      ),
  })
  .check(
    z.describe("What differs between two sets of manifests, and why"),
  ) satisfies z.ZodMiniType<ReportDocument>;
