import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Project } from "../../src/config/project.ts";
import { check } from "../../src/run/check.ts";
import { generate } from "../../src/run/generate.ts";
import {
  failureOf,
  freshSession,
  makeWorkspace,
  OFFERED,
  offerManifests,
  orThrow,
  sampleManifest,
  sampleManifests,
  sharedSession,
  snapshotOf,
  type ConfigText,
  type Workspace,
} from "../workspace.ts";

const shared = sharedSession();

/** A family whose manifests a and b are recorded. */
async function recorded(config: ConfigText = {}, manifests = sampleManifests("a", "b")) {
  const workspace = makeWorkspace();
  const project = await workspace.family({ generator: OFFERED, ...config });
  offerManifests(workspace, manifests);
  orThrow(await generate(project, shared));
  return { workspace, project };
}

/** Checks a family, and that nothing in its workspace moved. */
async function checkOf(workspace: Workspace, project: Project, session = shared) {
  const before = await snapshotOf(workspace.root);
  const report = orThrow(await check(project, session));
  expect(await snapshotOf(workspace.root)).toEqual(before);
  return report;
}

/** The verdict on one record, and that the family differs. */
async function verdictOn(name: string, workspace: Workspace, project: Project, session = shared) {
  const report = await checkOf(workspace, project, session);
  expect(report.verdict).toBe("differs");
  return report.verdicts.find((verdict) => verdict.name === name);
}

describe("verdicts", () => {
  it("same", async () => {
    const { workspace, project } = await recorded();
    expect(await checkOf(workspace, project)).toMatchObject({
      family: "demo",
      verdict: "same",
      verdicts: [
        { name: "a", path: "checksums/demo/a.sum", state: "same" },
        { name: "b", path: "checksums/demo/b.sum", state: "same" },
      ],
      summary: { manifests: 2, unchanged: 2, changed: 0, added: 0, removed: 0, damaged: 0, inspect: null },
    });
  });

  it("changed, with what changed when the store has the base", async () => {
    const { workspace, project } = await recorded();
    offerManifests(workspace, { ...sampleManifests("a", "b"), b: sampleManifest("c") });
    const verdict = await verdictOn("b", workspace, project);
    expect(verdict).toMatchObject({
      state: "changed",
      lines: [{ line: "manifest" }, { line: "pipeline", pipeline: "os" }],
      explanation: {
        kind: "differences",
        differences: [
          {
            place: { kind: "stage", pipeline: "os", stage: "org.osbuild.hostname", index: 0 },
            path: ["options", "hostname"],
            change: "changed",
            before: { value: "b" },
            after: { value: "c" },
          },
        ],
      },
    });
  });

  it("changed, without the base", async () => {
    const { workspace, project } = await recorded();
    offerManifests(workspace, { ...sampleManifests("a", "b"), b: sampleManifest("c") });
    const session = freshSession(shared, makeWorkspace().storeRoot);
    expect(await verdictOn("b", workspace, project, session)).toMatchObject({
      state: "changed",
      explanation: { kind: "unknown", because: "base-not-in-store" },
    });
  });

  it("changed, with a store that can keep nothing: one warning, the same verdict", async () => {
    const { workspace, project } = await recorded();
    offerManifests(workspace, { ...sampleManifests("a", "b"), b: sampleManifest("c") });
    const broken = join(makeWorkspace().root, "store");
    writeFileSync(broken, "no folder");
    const report = await checkOf(workspace, project, freshSession(shared, broken));
    expect(report).toMatchObject({
      verdict: "differs",
      verdicts: [{ state: "same" }, { state: "changed", explanation: { because: "base-not-in-store" } }],
      summary: { storeFailures: { first: { reason: "store-write-failed", code: "ENOTDIR" } } },
    });
    // A stage that both have, two manifests and their fingerprints.
    expect(report.summary.storeFailures?.count).toBe(5);
  });

  it("added and removed", async () => {
    const { workspace, project } = await recorded();
    offerManifests(workspace, sampleManifests("b", "c"));
    const report = await checkOf(workspace, project);
    expect(report.verdict).toBe("differs");
    expect(report.verdicts).toMatchObject([
      { name: "a", path: "checksums/demo/a.sum", state: "removed" },
      { name: "b", path: "checksums/demo/b.sum", state: "same" },
      { name: "c", path: "checksums/demo/c.sum", state: "added" },
    ]);
    expect(report.summary).toMatchObject({ manifests: 2, added: 1, removed: 1, unchanged: 1 });
  });

  it("added, for every manifest of a family that has no records", async () => {
    const workspace = makeWorkspace();
    const project = await workspace.family({ generator: OFFERED });
    offerManifests(workspace, sampleManifests("a"));
    expect(await checkOf(workspace, project)).toMatchObject({
      verdict: "differs",
      verdicts: [{ state: "added" }],
    });
  });

  it("removed, for an extra record that nobody tracks", async () => {
    const { workspace, project } = await recorded();
    workspace.write("checksums/demo/extra.sum", workspace.read("checksums/demo/a.sum"));
    expect(await verdictOn("extra", workspace, project)).toMatchObject({ state: "removed" });
  });

  it.each([
    [
      "a pipeline's id was edited",
      (text: string) => text.replace(/[0-9a-f]{64}(?= {2}pipeline os)/, "0".repeat(64)),
    ],
    ["a line was dropped", (text: string) => text.replace(/.*sources\n/, "")],
    ["pipelines were swapped", (text: string) => text.replace(/(.*build\n)(.*os\n)/, "$2$1")],
  ])("inconsistent: %s", async (_, edit) => {
    const { workspace, project } = await recorded();
    workspace.write("checksums/demo/a.sum", edit(workspace.read("checksums/demo/a.sum")));
    const verdict = await verdictOn("a", workspace, project);
    expect(verdict).toMatchObject({ state: "inconsistent", lines: [{ line: expect.any(String) as string }] });
  });

  it("conflicted", async () => {
    const { workspace, project } = await recorded();
    const text = workspace.read("checksums/demo/a.sum");
    workspace.write("checksums/demo/a.sum", `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> other\n`);
    expect(await verdictOn("a", workspace, project)).toMatchObject({
      state: "conflicted",
      failure: { reason: "conflict-marker", line: 1, text: "<<<<<<< HEAD" },
    });
  });

  it.each<[string, string, (text: string) => string | Uint8Array]>([
    ["empty", "empty", () => ""],
    ["of Windows", "carriage-return", (text) => text.replaceAll("\n", "\r\n")],
    ["cut off", "truncated", (text) => text.slice(0, -1)],
    ["with a line twice", "duplicate-line", (text) => `${text}${text.split("\n")[3] ?? ""}\n`],
    ["with a line of its own", "unknown-line", (text) => `${text}# note\n`],
    ["of other bytes", "not-utf8", () => new Uint8Array([0xff, 0x0a])],
    ["of another form", "unknown-line", () => `${"0".repeat(64)}\n`],
  ])("unreadable: a record %s", async (_, reason, edit) => {
    const { workspace, project } = await recorded();
    workspace.write("checksums/demo/a.sum", edit(workspace.read("checksums/demo/a.sum")));
    expect(await verdictOn("a", workspace, project)).toMatchObject({
      state: "unreadable",
      failure: { reason },
    });
  });

  it("unreadable: a record that is a folder, or too large for a record", async () => {
    const { workspace, project } = await recorded();
    workspace.remove("checksums/demo/a.sum");
    mkdirSync(join(workspace.root, "checksums/demo/a.sum"));
    workspace.write("checksums/demo/b.sum", "x".repeat(1024 * 1024 + 1));
    expect((await checkOf(workspace, project)).verdicts).toMatchObject([
      { name: "a", state: "unreadable", failure: { reason: "record-not-read", code: "not-a-file" } },
      { name: "a.sum", state: "unreadable", failure: { reason: "record-stranger" } },
      { name: "b", state: "unreadable", failure: { reason: "record-not-read", code: "too-large" } },
    ]);
  });

  it("unreadable: a stranger among the records, but not what an interrupted write left", async () => {
    const { workspace, project } = await recorded();
    workspace.write(`checksums/demo/.imagegate-${"0".repeat(24)}.tmp`, "x");
    expect(await checkOf(workspace, project)).toMatchObject({ verdict: "same" });
    workspace.write("checksums/demo/notes.txt", "x");
    expect(await verdictOn("notes.txt", workspace, project)).toEqual({
      name: "notes.txt",
      path: "checksums/demo/notes.txt",
      state: "unreadable",
      failure: { reason: "record-stranger" },
    });
  });
});

describe("forms of records", () => {
  it.each<[string, ConfigText, RegExp]>([
    ["canonical", { form: "digest", of: "canonical" }, /^[0-9a-f]{64}\n$/],
    ["raw", { form: "digest", of: "raw", algorithm: "sha1" }, /^[0-9a-f]{40}\n$/],
    ["compact-line", { form: "digest", of: "compact-line" }, /^[0-9a-f]{64}\n$/],
  ])("a bare digest of %s, explained like any", async (_, records, text) => {
    const { workspace, project } = await recorded({ records });
    expect(workspace.list("checksums/demo")).toEqual(["a", "b"]);
    expect(workspace.read("checksums/demo/a")).toMatch(text);
    expect(await checkOf(workspace, project)).toMatchObject({ verdict: "same" });
    offerManifests(workspace, { ...sampleManifests("a", "b"), a: sampleManifest("other") });
    expect(await verdictOn("a", workspace, project)).toMatchObject({
      state: "changed",
      lines: [{ line: "digest" }],
      explanation: { kind: "differences", differences: [{ path: ["options", "hostname"] }] },
    });
  });

  it("ids only: sees what moves an id, and says that it sees nothing else", async () => {
    const { workspace, project } = await recorded({ records: { form: "pipeline-ids" } });
    expect(workspace.read("checksums/demo/a.ids")).toMatch(/^[0-9a-f]{64}: build\n[0-9a-f]{64}: os\n$/);
    offerManifests(workspace, {
      a: { ...sampleManifest("a"), sources: {} },
      b: sampleManifest("other"),
    });
    expect((await checkOf(workspace, project)).verdicts).toMatchObject([
      { name: "a", state: "same" },
      { name: "b", state: "changed", explanation: { kind: "unknown", because: "ids-only-record" } },
    ]);
  });

  it("ids only: refuses a manifest without pipelines, which no record would vouch for", async () => {
    const workspace = makeWorkspace();
    const project = await workspace.family({ generator: OFFERED, records: { form: "pipeline-ids" } });
    offerManifests(workspace, { a: { version: "2", pipelines: [] } });
    expect(failureOf(await generate(project, shared))).toEqual({
      reason: "manifest-failed",
      manifests: [{ name: "a", failure: { reason: "no-pipelines" } }],
    });
  });

  it("no ids: the digests alone", async () => {
    const { workspace, project } = await recorded({ ids: "none" });
    expect(workspace.read("checksums/demo/a.sum")).toMatch(
      /^sha256:\w+ {2}manifest\nsha256:\w+ {2}sources\n$/,
    );
    expect(await checkOf(workspace, project)).toMatchObject({ verdict: "same" });
    expect(orThrow(await check(project, shared, { ids: "builtin" }))).toMatchObject({ verdict: "differs" });
  });

  it("any JSON document: one line, and differences by pointer", async () => {
    const { workspace, project } = await recorded(
      { manifest: "json" },
      { a: [1, { b: "2" }], b: { sources: 1 } },
    );
    expect(workspace.read("checksums/demo/a.sum")).toMatch(/^sha256:\w+ {2}manifest\n$/);
    expect(workspace.read("checksums/demo/b.sum")).toMatch(/^sha256:\w+ {2}manifest\n$/);
    offerManifests(workspace, { a: [1, { b: "3" }], b: { sources: 1 } });
    expect(await verdictOn("a", workspace, project)).toMatchObject({
      explanation: {
        differences: [{ place: { kind: "manifest" }, before: { pointer: "/1/b", value: "2" } }],
      },
    });
  });
});

describe("what cannot be decided", () => {
  it("fails when a manifest fails, whatever the records say, and names every one", async () => {
    const { workspace, project } = await recorded();
    offerManifests(workspace, { a: 1, b: sampleManifest("b"), c: { version: "2", pipelines: 3 } });
    expect(failureOf(await check(project, shared))).toMatchObject({
      reason: "manifest-failed",
      manifests: [
        { name: "a", failure: { reason: "manifest-malformed" } },
        { name: "c", failure: { reason: "manifest-malformed", path: ["pipelines"] } },
      ],
    });
  });

  it("fails when the generator offers nothing", async () => {
    const { workspace, project } = await recorded();
    workspace.write("images/demo/offered.ndjson", "");
    expect(failureOf(await check(project, shared))).toEqual({ reason: "generator-empty" });
  });

  it("fails when the records cannot be listed", async () => {
    const { workspace, project } = await recorded();
    workspace.remove("checksums/demo");
    workspace.write("checksums/demo", "a file");
    expect(failureOf(await check(project, shared))).toMatchObject({
      reason: "records-unreadable",
      folder: "checksums/demo",
      code: "ENOTDIR",
    });
  });

  it("is cancelled before it begins, and while it runs", async () => {
    const { project } = await recorded();
    expect(failureOf(await check(project, shared, { signal: AbortSignal.abort() }))).toEqual({
      reason: "cancelled",
    });
    const cancel = new AbortController();
    const onEvent = () => cancel.abort();
    expect(failureOf(await check(project, shared, { signal: cancel.signal, onEvent }))).toEqual({
      reason: "cancelled",
    });
  });
});

it("gives the same verdict when the store goes, between runs or under a session", async () => {
  const workspace = makeWorkspace();
  const project = await workspace.family({ generator: OFFERED });
  offerManifests(workspace, sampleManifests("a", "b"));
  const session = freshSession(shared, workspace.storeRoot);
  orThrow(await generate(project, session));
  rmSync(workspace.storeRoot, { recursive: true });
  expect(await checkOf(workspace, project, session)).toMatchObject({ verdict: "same" });
  rmSync(workspace.storeRoot, { recursive: true, force: true });
  expect(await checkOf(workspace, project, freshSession(shared, workspace.storeRoot))).toMatchObject({
    verdict: "same",
  });
  offerManifests(workspace, sampleManifests("a", "c"));
  const states = (await checkOf(workspace, project, session)).verdicts.map(({ state }) => state);
  rmSync(workspace.storeRoot, { recursive: true, force: true });
  const again = (await checkOf(workspace, project, freshSession(shared, workspace.storeRoot))).verdicts.map(
    ({ state }) => state,
  );
  expect(again).toEqual(states);
  expect(states).toEqual(["same", "removed", "added"]);
});

it("takes the damaged part of a store for a missing one", async () => {
  const { workspace, project } = await recordedApart();
  const session = freshSession(shared, workspace.storeRoot);
  for (const [name] of await snapshotOf(join(workspace.storeRoot, "v1/manifest"))) {
    const path = join(workspace.storeRoot, "v1/manifest", name);
    if (name.includes("/")) {
      chmodSync(path, 0o600);
      writeFileSync(path, "damaged");
    }
  }
  offerManifests(workspace, sampleManifests("b", "a"));
  workspace.write(
    "images/demo/offered.ndjson",
    workspace.read("images/demo/offered.ndjson").replace('"a"}', '"z"}'),
  );
  expect(await verdictOn("a", workspace, project, session)).toMatchObject({
    state: "changed",
    explanation: { kind: "unknown" },
  });
});

/** A recorded family with a store of its own. */
async function recordedApart() {
  const workspace = makeWorkspace();
  const project = await workspace.family({ generator: OFFERED });
  offerManifests(workspace, sampleManifests("a", "b"));
  orThrow(await generate(project, freshSession(shared, workspace.storeRoot)));
  return { workspace, project };
}
