import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Project } from "../../src/config/project.ts";
import type { RecordsInput } from "../../src/config/schema.ts";
import { loadProject } from "../../src/config/workspace.ts";
import { check } from "../../src/run/check.ts";
import { generate } from "../../src/run/generate.ts";
import { migrate } from "../../src/run/migrate.ts";
import {
  failureOf,
  makeWorkspace,
  OFFERED,
  offerManifests,
  orThrow,
  sampleManifest,
  sampleManifests,
  sharedSession,
  snapshotOf,
  type ConfigText,
} from "../workspace.ts";

const shared = sharedSession();

async function recorded(records: ConfigText = {}) {
  const workspace = makeWorkspace();
  const project = await workspace.family({ generator: OFFERED, records: { form: "lines", ...records } });
  offerManifests(workspace, sampleManifests("a", "b"));
  orThrow(await generate(project, shared));
  const run = (to: RecordsInput, families: readonly Project[] = [project]) =>
    migrate(project, shared, { to, families });
  const reload = async () => orThrow(await loadProject(workspace.root, project.configPath));
  return { workspace, project, run, reload };
}

const FORMS: readonly RecordsInput[] = [
  { form: "lines" },
  { form: "pipeline-ids" },
  { form: "digest", algorithm: "sha256", of: "compact-line" },
  { form: "digest", algorithm: "sha1", of: "raw", extension: ".sum" },
];

const PAIRS = FORMS.flatMap((from) => FORMS.map((to) => [from, to] as const));

describe("migrate", () => {
  it.each(PAIRS)(
    "from %j to %j, after which the records are those that generate writes",
    async (from, to) => {
      const { workspace, run, reload } = await recorded(from as ConfigText);
      const outcome = orThrow(await run(to));
      expect(outcome).toMatchObject({ report: { verdict: "same" }, migrated: { config: { records: to } } });
      const project = await reload();
      expect(orThrow(await check(project, shared)).verdict).toBe("same");
      const { extension } = project.config.records;
      expect(workspace.list("checksums/demo")).toEqual([`a${extension}`, `b${extension}`]);
      const before = await snapshotOf(join(workspace.root, "checksums"));
      orThrow(await generate(project, shared));
      expect(await snapshotOf(join(workspace.root, "checksums"))).toEqual(before);
    },
  );

  it("moves them to another folder, and keeps what else the configuration says", async () => {
    const { workspace, run } = await recorded();
    orThrow(await run({ form: "digest", of: "canonical", folder: "data/sums" }));
    expect(workspace.list("checksums")).toEqual([]);
    expect(workspace.list("data/sums")).toEqual(["a", "b"]);
    expect(JSON.parse(workspace.read("images/demo/imagegate.json"))).toEqual({
      generator: OFFERED,
      records: { form: "digest", of: "canonical", folder: "data/sums" },
    });
  });

  it.each([
    ["a manifest that changed", { ...sampleManifests("b"), a: sampleManifest("other") }],
    ["an image that is new", sampleManifests("a", "b", "c")],
    ["an image that is gone", sampleManifests("a")],
  ])("refuses with the report of check, and touches nothing: %s", async (_, manifests) => {
    const { workspace, project, run } = await recorded();
    offerManifests(workspace, manifests);
    const owned = () =>
      Promise.all(["checksums", "images"].map((at) => snapshotOf(join(workspace.root, at))));
    const before = await owned();
    const { report, migrated } = orThrow(await run({ form: "pipeline-ids" }));
    expect(migrated).toBeNull();
    expect(report.verdict).toBe("differs");
    expect(report.verdicts).toEqual(orThrow(await check(project, shared)).verdicts);
    expect(await owned()).toEqual(before);
  });

  it("refuses a folder that holds other files, one of another family, and forms that the family has not", async () => {
    const { workspace, project, run } = await recorded();
    workspace.write("data/sums/README", "theirs");
    expect(failureOf(await run({ form: "lines", folder: "data/sums" }))).toEqual({
      reason: "records-occupied",
      folder: "data/sums",
      files: ["README"],
    });
    const other = await workspace.family({ generator: OFFERED }, "images/other");
    const claimed = await run({ form: "lines", folder: "checksums/other" }, [project, other]);
    expect(failureOf(claimed)).toMatchObject({ reason: "records-shared" });
    const plain = await workspace.family({ generator: OFFERED, ids: "none" }, "images/plain");
    const ids = await migrate(plain, shared, { to: { form: "pipeline-ids" }, families: [plain] });
    expect(failureOf(ids)).toMatchObject({ reason: "config-invalid" });
    expect(workspace.list("checksums/demo")).toEqual(["a.sum", "b.sum"]);
  });

  it("refuses manifests that come out otherwise the second time", async () => {
    const workspace = makeWorkspace();
    const project = await workspace.family({ generator: { kind: "files", include: ["a.json"] } });
    workspace.write("images/demo/a.json", sampleManifest("first"));
    orThrow(await generate(project, shared));
    const moved = await migrate(project, shared, {
      to: { form: "digest", of: "raw" },
      families: [project],
      onEvent: ({ kind }) => {
        if (kind === "manifest-done") workspace.write("images/demo/a.json", sampleManifest("later"));
      },
    });
    expect(failureOf(moved)).toEqual({ reason: "manifests-unstable", names: ["a"] });
    expect(workspace.list("checksums/demo")).toEqual(["a.sum"]);
  });

  it("fails with the generator, and when it is cancelled", async () => {
    const { workspace, project } = await recorded();
    const to = { form: "pipeline-ids" } as const;
    const signal = AbortSignal.abort();
    const cancelled = await migrate(project, shared, { to, families: [project], signal });
    expect(failureOf(cancelled)).toEqual({ reason: "cancelled" });
    workspace.remove("images/demo/offered.ndjson");
    expect(failureOf(await migrate(project, shared, { to, families: [project] }))).toMatchObject({
      reason: "command-failed",
    });
    expect(workspace.list("checksums/demo")).toEqual(["a.sum", "b.sum"]);
  });
});
