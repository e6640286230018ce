import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "@imagegate/core";
import { describe, expect, it } from "vitest";
import { compareOperands, resolveOperand, type OperandContext } from "../../src/lookup/compare-operands.ts";
import {
  failureOf,
  orThrow,
  sampleManifest,
  sampleManifests,
  sharedSession,
  type ConfigText,
} from "../workspace.ts";
import { gitWorkspace } from "./git-workspace.ts";

const shared = sharedSession();

/** A family with two commits of the manifest a. */
async function committed(config: ConfigText = {}) {
  const made = await gitWorkspace(shared, config);
  const { workspace, project, record } = made;
  const first = await record("first", sampleManifests("a", "b"));
  await record("second", { a: sampleManifest("other") });
  const context: OperandContext = {
    root: workspace.root,
    cwd: join(workspace.root, "images"),
    projects: [project],
    store: shared.store,
  };
  return { ...made, first, context };
}

const hostname = (value: string) => ({
  path: ["options", "hostname"],
  before: { value },
  after: { value: "other" },
});

describe("operands", () => {
  it("are files, relative to the caller's folder", async () => {
    const { workspace, context } = await committed();
    workspace.write("images/old.json", sampleManifest("a"));
    const comparison = orThrow(await compareOperands("old.json", "../dist/manifests/demo/a.json", context));
    expect(comparison).toMatchObject({
      identical: false,
      before: { label: "old.json" },
      differences: [hostname("a")],
    });
  });

  it("are identical when only key order and white space differ", async () => {
    const { workspace, context } = await committed();
    workspace.write("images/1.json", '{"a":1,"b":[true]}');
    workspace.write("images/2.json", '{ "b": [ true ], "a": 1 }');
    expect(orThrow(await compareOperands("1.json", "2.json", context))).toMatchObject({
      identical: true,
      differences: [],
    });
  });

  it("are digests in the store, with or without their algorithm", async () => {
    const { workspace, context } = await committed();
    const digest = /^sha256:(\w+)/.exec(workspace.read("checksums/demo/a.sum"))?.[1] ?? "";
    for (const operand of [digest, `sha256:${digest}`]) {
      expect(orThrow(await resolveOperand(operand, context))).toMatchObject({ label: operand, digest });
    }
  });

  it.each<[string, ConfigText]>([
    ["lines", {}],
    ["bare digests of canonical JSON", { records: { form: "digest", of: "canonical" } }],
    ["bare digests of raw bytes", { records: { form: "digest", of: "raw" } }],
    ["bare digests in sha1", { records: { form: "digest", of: "compact-line", algorithm: "sha1" } }],
  ])("are records of a revision, as %s", async (_, config) => {
    const { context, first } = await committed(config);
    for (const before of ["HEAD~1:a", "main~1:demo/a", `${first}:a`, `${first.slice(0, 12)}:a`]) {
      expect(orThrow(await compareOperands(before, "HEAD:a", context)).differences).toMatchObject([
        hostname("a"),
      ]);
    }
  });

  it("may be a record that the family no longer has", async () => {
    const { context } = await committed();
    expect(orThrow(await resolveOperand("HEAD~1:b", context)).label).toBe("HEAD~1:b");
  });
});

describe("refusals", () => {
  it("of revisions that are unknown, and of what git could take for an option", async () => {
    const { workspace, context } = await committed();
    const target = join(workspace.root, "x");
    for (const revision of [
      "nope",
      "0".repeat(40),
      `--output=${target}`,
      "--all",
      "-n1",
      "HEAD^{tree}",
      "",
    ]) {
      const result = await resolveOperand(`${revision}:a`, context);
      if (revision === "") expect(failureOf(result)).toEqual({ reason: "operand-unknown", operand: ":a" });
      else expect(failureOf(result)).toEqual({ reason: "revision-unknown", revision });
    }
    expect(readdirSync(workspace.root)).not.toContain("x");
  });

  it("of names that no family records, then or ever", async () => {
    const { context } = await committed();
    expect(failureOf(await resolveOperand("HEAD:c", context))).toEqual({
      reason: "record-not-at-revision",
      revision: "HEAD",
      path: "checksums/demo/c.sum",
    });
    expect(failureOf(await resolveOperand("HEAD:other/a", context))).toMatchObject({
      reason: "record-unknown",
    });
  });

  it("of what is neither a file, nor a digest, nor a revision", async () => {
    const { workspace, context } = await committed();
    expect(failureOf(await resolveOperand("nothing", context))).toEqual({
      reason: "operand-unknown",
      operand: "nothing",
    });
    mkdirSync(join(workspace.root, "images/folder"));
    expect(failureOf(await resolveOperand("folder", context))).toMatchObject({ reason: "not-a-file" });
    workspace.write("images/bad.json", "{");
    expect(
      failureOf(await compareOperands("../dist/manifests/demo/a.json", "bad.json", context)),
    ).toMatchObject({ operand: "bad.json", failure: { reason: "json-syntax" } });
  });

  it("of records of ids only, and of records that are damaged", async () => {
    const ids = await committed({ records: { form: "pipeline-ids" } });
    expect(failureOf(await resolveOperand("HEAD:a", ids.context))).toMatchObject({
      reason: "operand-unknown",
    });
    const { workspace, commit, context } = await committed();
    workspace.write("checksums/demo/a.sum", "nonsense\n");
    await commit("damage");
    expect(failureOf(await resolveOperand("HEAD:a", context))).toMatchObject({
      reason: "unknown-line",
      line: 1,
    });
  });

  it("of digests that the store does not have, or no longer has whole", async () => {
    const { workspace, context, commit } = await committed();
    const digest = sha256("nobody's");
    expect(failureOf(await resolveOperand(digest, context))).toEqual({ reason: "not-in-store", digest });
    expect(failureOf(await resolveOperand("a".repeat(50), context))).toMatchObject({
      reason: "not-in-store",
    });
    workspace.write("checksums/demo/a.sum", `sha256:${digest}  manifest\n`);
    await commit("from elsewhere");
    expect(failureOf(await resolveOperand("HEAD:a", context))).toEqual({ reason: "not-in-store", digest });
  });

  it("of manifests whose blobs are gone or damaged", async () => {
    const { context } = await committed();
    const folder = join(shared.store.root, "v1/blob");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.includes("/"),
    );
    const texts = files.map((name) => readFileSync(join(folder, name)));
    try {
      for (const name of files) writeFileSync(join(folder, name), "damaged");
      expect(failureOf(await resolveOperand("HEAD:a", context))).toMatchObject({
        reason: "tree-blob-missing",
      });
      rmSync(folder, { recursive: true });
      expect(failureOf(await resolveOperand("HEAD:a", context))).toMatchObject({
        reason: "tree-blob-missing",
      });
    } finally {
      for (const [index, name] of files.entries()) {
        mkdirSync(join(folder, name.slice(0, 2)), { recursive: true });
        writeFileSync(join(folder, name), texts[index] as Buffer);
      }
    }
  });
});
