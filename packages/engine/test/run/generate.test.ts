import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { acquireLock } from "@imagegate/host";
import { describe, expect, it } from "vitest";
import { generate } from "../../src/run/generate.ts";
import type { RunEvent } from "../../src/report.ts";
import {
  contentsOf,
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

async function recorded(config: ConfigText = {}) {
  const workspace = makeWorkspace();
  const project = await workspace.family({ generator: OFFERED, ...config });
  offerManifests(workspace, sampleManifests("a", "b", "c"));
  orThrow(await generate(project, shared));
  const records = join(workspace.root, "checksums/demo");
  return { workspace, project, records };
}

describe("a complete run", () => {
  it("writes a record and a manifest for each, and says what it did", async () => {
    const workspace = makeWorkspace();
    const project = await workspace.family({ generator: OFFERED });
    offerManifests(workspace, sampleManifests("b", "a"));
    const report = orThrow(await generate(project, shared));
    expect(report).toMatchObject({ family: "demo", added: ["a", "b"], changed: [], removed: [] });
    expect(report.summary).toMatchObject({
      manifests: 2,
      added: 2,
      unchanged: 0,
      concurrency: 1,
      storeFailures: null,
    });
    expect(report.summary.totalMs).toBeGreaterThan(0);
    expect(workspace.read("checksums/demo/a.sum")).toMatch(
      /^sha256:\w{64} {2}manifest\nsha256:\w{64} {2}sources\nsha256:\w{64} {2}pipeline build\nsha256:\w{64} {2}pipeline os\n$/,
    );
    expect(workspace.read("dist/manifests/demo/a.json")).toBe(JSON.stringify(sampleManifest("a")));
    expect(workspace.list("dist/manifests/.imagegate")).toEqual([]);
    expect(workspace.list("images/demo")).toEqual(["imagegate.json", "offered.ndjson"]);
  });

  it("touches no record that stays as it is, and replaces, adds and removes the others", async () => {
    const { workspace, project, records } = await recorded();
    const before = await snapshotOf(records);
    offerManifests(workspace, { ...sampleManifests("a", "d"), b: sampleManifest("other") });
    expect(orThrow(await generate(project, shared))).toMatchObject({
      added: ["d"],
      changed: ["b"],
      removed: ["c"],
      summary: { manifests: 3, unchanged: 1, added: 1, changed: 1, removed: 1 },
    });
    const after = await snapshotOf(records);
    expect([...after.keys()]).toEqual(["a.sum", "b.sum", "d.sum"]);
    expect(after.get("a.sum")).toBe(before.get("a.sum"));
    expect(after.get("b.sum")).not.toBe(before.get("b.sum"));
    expect(workspace.list("dist/manifests/demo")).toEqual(["a.json", "b.json", "d.json"]);
  });

  it("writes nothing at all among the records the second time", async () => {
    const { project, records } = await recorded();
    const before = await snapshotOf(records);
    expect(orThrow(await generate(project, shared))).toMatchObject({ added: [], changed: [], removed: [] });
    expect(await snapshotOf(records)).toEqual(before);
  });

  it("repairs records of any damage, and clears what interrupted writes left", async () => {
    const { workspace, project, records } = await recorded();
    const whole = contentsOf(records);
    workspace.write("checksums/demo/a.sum", "<<<<<<< HEAD\n");
    workspace.write("checksums/demo/b.sum", whole["b.sum"]?.replace(/.*sources\n/, ""));
    workspace.write(`checksums/demo/.imagegate-${"0".repeat(24)}.tmp`, "x");
    workspace.write(`dist/manifests/demo/.imagegate-${"0".repeat(24)}.tmp`, "x");
    workspace.write("dist/manifests/.imagegate/demo.staged/a.sum", "x");
    expect(orThrow(await generate(project, shared))).toMatchObject({ changed: ["a", "b"] });
    expect(contentsOf(records)).toEqual(whole);
    expect(workspace.list("dist/manifests/demo")).toEqual(["a.json", "b.json", "c.json"]);
    expect(workspace.list("dist/manifests/.imagegate")).toEqual([]);
  });

  it("leaves strangers among the records to people, and records nothing beside them", async () => {
    const { workspace, project } = await recorded();
    workspace.write("checksums/demo/README.md", "x");
    workspace.remove("checksums/demo/a.sum");
    expect(failureOf(await generate(project, shared))).toEqual({
      reason: "records-strangers",
      paths: ["checksums/demo/README.md"],
    });
    expect(workspace.list("checksums/demo")).toEqual(["README.md", "b.sum", "c.sum"]);
  });

  it("writes no manifest that exists already as a file", async () => {
    const workspace = makeWorkspace();
    const project = await workspace.family({ generator: { kind: "files", include: ["*.plan.json"] } });
    workspace.write("images/demo/a.plan.json", sampleManifest("a"));
    expect(orThrow(await generate(project, shared)).added).toEqual(["a.plan"]);
    expect(workspace.list("dist/manifests")).toEqual([".imagegate"]);
  });

  it("puts records and manifests where it is told", async () => {
    const records = { form: "digest", of: "raw", folder: "sums/all", extension: ".sha256" };
    const { workspace } = await recorded({ records, output: "out" });
    expect(workspace.list("sums/all")).toEqual(["a.sha256", "b.sha256", "c.sha256"]);
    expect(workspace.list("out")).toEqual(["a.json", "b.json", "c.json"]);
  });
});

describe("a run that fails leaves every record as it was", () => {
  it.each<[string, Record<string, unknown>, object]>([
    ["a manifest is wrong", { a: 1, d: sampleManifest("d") }, { reason: "manifest-failed" }],
    ["a name is wrong", { "../d": sampleManifest("d") }, { reason: "name-invalid" }],
    ["there is no manifest", {}, { reason: "generator-empty" }],
  ])("%s", async (_, offered, failure) => {
    const { workspace, project, records } = await recorded();
    const before = await snapshotOf(records);
    offerManifests(workspace, offered);
    expect(failureOf(await generate(project, shared))).toMatchObject(failure);
    expect(await snapshotOf(records)).toEqual(before);
    expect(workspace.list("dist/manifests/.imagegate")).toEqual([]);
  });

  it("is cancelled at any event", async () => {
    const { workspace, project, records } = await recorded();
    const before = await snapshotOf(records);
    offerManifests(workspace, sampleManifests("a", "x", "y", "z"));
    for (let at = 1; at <= 4; at++) {
      const cancel = new AbortController();
      let events = 0;
      const onEvent = () => {
        events += 1;
        if (events === at) cancel.abort();
      };
      const result = await generate(project, shared, { signal: cancel.signal, onEvent });
      expect(failureOf(result)).toEqual({ reason: "cancelled" });
      expect(await snapshotOf(records)).toEqual(before);
      expect(workspace.list("dist/manifests/.imagegate")).toEqual([]);
    }
  });

  it("cannot write its output", async () => {
    const { workspace, project, records } = await recorded();
    const before = await snapshotOf(records);
    workspace.remove("dist/manifests/demo");
    workspace.write("dist/manifests/demo", "a file");
    expect(failureOf(await generate(project, shared))).toMatchObject({
      reason: "manifest-failed",
      manifests: [{ name: "a", failure: { reason: "write-failed" } }, { name: "b" }, { name: "c" }],
    });
    expect(await snapshotOf(records)).toEqual(before);
  });

  it("cannot stage its records", async () => {
    const { workspace, project, records } = await recorded();
    const before = await snapshotOf(records);
    workspace.remove("dist/manifests");
    workspace.write("dist/manifests", "a file");
    expect(failureOf(await generate(project, shared))).toMatchObject({ reason: "lock-failed" });
    expect(await snapshotOf(records)).toEqual(before);
  });

  it("cannot put a record where a folder stands", async () => {
    const { workspace, project } = await recorded();
    workspace.remove("checksums/demo/a.sum");
    mkdirSync(join(workspace.root, "checksums/demo/a.sum"));
    expect(failureOf(await generate(project, shared))).toEqual({
      reason: "records-strangers",
      paths: ["checksums/demo/a.sum"],
    });
    expect(workspace.list("dist/manifests/.imagegate")).toEqual([]);
  });
});

describe("one run of a family at a time", () => {
  it("waits for the one that is there, and says so", async () => {
    const { workspace, project } = await recorded();
    const lock = orThrow(await acquireLock(join(workspace.root, "dist/manifests/.imagegate/demo.lock")));
    const events: RunEvent[] = [];
    const running = generate(project, shared, {
      onEvent: (event) => {
        events.push(event);
        if (event.kind === "waiting-for-lock") void lock.release();
      },
    });
    orThrow(await running);
    expect(events[0]).toMatchObject({ kind: "waiting-for-lock", pid: process.pid });
    expect(events[1]).toEqual({ kind: "generator-started" });
  });

  it("is cancelled while it waits", async () => {
    const { workspace, project } = await recorded();
    const lock = orThrow(await acquireLock(join(workspace.root, "dist/manifests/.imagegate/demo.lock")));
    const cancel = new AbortController();
    const onEvent = () => cancel.abort();
    const result = await generate(project, shared, { signal: cancel.signal, onEvent });
    expect(failureOf(result)).toEqual({ reason: "cancelled" });
    expect(await lock.release()).toBe("released");
  });

  it("takes over from one that was killed, and refuses what is no lock", async () => {
    const { workspace, project } = await recorded();
    const path = join(workspace.root, "dist/manifests/.imagegate/demo.lock");
    writeFileSync(path, "not a lock");
    expect(failureOf(await generate(project, shared))).toMatchObject({ reason: "lock-unreadable", path });
    rmSync(path);
    orThrow(await generate(project, shared));
    expect(statSync(join(workspace.root, "checksums/demo/a.sum")).isFile()).toBe(true);
  });

  it("runs two at once in one process one after the other", async () => {
    const { workspace, project, records } = await recorded();
    offerManifests(workspace, sampleManifests("a", "d"));
    const results = await Promise.all([generate(project, shared), generate(project, shared)]);
    expect(results.map((result) => orThrow(result).added).sort()).toEqual([[], ["d"]]);
    expect(Object.keys(contentsOf(records))).toEqual(["a.sum", "d.sum"]);
  });
});

it("tells of every manifest, in order", async () => {
  const workspace = makeWorkspace();
  const project = await workspace.family({ generator: OFFERED });
  offerManifests(workspace, { ...sampleManifests("b", "a"), c: 1 });
  const events: RunEvent[] = [];
  await generate(project, shared, { onEvent: (event) => events.push(event) });
  const span = {
    thread: expect.any(Number) as number,
    startedAtMs: expect.any(Number) as number,
    durationMs: expect.any(Number) as number,
  };
  expect(events).toEqual([
    { kind: "generator-started" },
    { kind: "manifest-done", name: "a", done: 1, total: 3, span },
    { kind: "manifest-done", name: "b", done: 2, total: 3, span },
    { kind: "manifest-done", name: "c", done: 3, total: 3, span: null },
  ]);
});
