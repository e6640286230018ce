import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "@imagegate/core";
import { describe, expect, it } from "vitest";
import { inspectKey } from "../../src/inspect/cache.ts";
import type { OsbuildConfig } from "../../src/inspect/osbuild.ts";
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
  sharedSession,
  snapshotOf,
  temporaryFolder,
  type ConfigText,
} from "../workspace.ts";
import { fakeOsbuild, inspectionOf } from "./fake-osbuild.ts";

const shared = sharedSession();

/** A family of manifests that all have the ids of `a`, and a fake osbuild that knows them. */
async function family(osbuild: ConfigText = {}, names: readonly string[] = ["a"]) {
  const fake = fakeOsbuild();
  const workspace = makeWorkspace();
  const project = await workspace.family({ generator: OFFERED, ids: "osbuild", osbuild });
  const manifests = names.map((name) => [name, { ...sampleManifest("a"), metadata: { name } }]);
  offerManifests(workspace, Object.fromEntries(manifests) as Record<string, unknown>);
  return { fake, workspace, project };
}

const isInspection = (call: string) => call.includes("--inspect");
const isVersion = (call: string) => call === "--version";

describe("the two levels of the cache", () => {
  it("asks for the version once a run and for every manifest once ever", async () => {
    const { fake, workspace, project } = await family({}, ["a", "b", "c"]);
    const first = orThrow(await generate(project, freshSession(shared, workspace.storeRoot)));
    expect(first.summary.inspect).toMatchObject({ hits: 0, misses: 3, failedWrites: 0 });
    expect(first.summary.inspect?.meanMs).toBeGreaterThan(0);
    expect(fake.calls().filter(isVersion)).toHaveLength(1);
    expect(fake.calls().filter(isInspection)).toHaveLength(3);
    const before = await snapshotOf(join(workspace.storeRoot, "v1/inspect"));
    const second = orThrow(await check(project, freshSession(shared, workspace.storeRoot)));
    expect(second).toMatchObject({
      verdict: "same",
      summary: { inspect: { hits: 3, misses: 0, meanMs: 0 } },
    });
    expect(fake.calls().filter(isInspection)).toHaveLength(3);
    expect(fake.calls().filter(isVersion)).toHaveLength(2);
    expect(await snapshotOf(join(workspace.storeRoot, "v1/inspect"))).toEqual(before);
  });

  it("remembers in memory what the disk has lost", async () => {
    const { fake, workspace, project } = await family();
    const session = freshSession(shared, workspace.storeRoot);
    orThrow(await generate(project, session));
    rmSync(workspace.storeRoot, { recursive: true });
    const report = orThrow(await check(project, session));
    expect(report).toMatchObject({ verdict: "same", summary: { inspect: { hits: 1, misses: 0 } } });
    expect(fake.calls().filter(isInspection)).toHaveLength(1);
    expect(fake.calls().filter(isVersion)).toHaveLength(1);
  });

  it.each<[string, (bytes: Buffer) => Uint8Array | null]>([
    ["truncated", () => null],
    [
      "of other bytes",
      (bytes) => Buffer.from(bytes.map((byte, at) => (at === bytes.length - 3 ? byte ^ 1 : byte))),
    ],
    ["empty", () => new Uint8Array()],
  ])("takes an entry that is %s for a miss, and replaces it", async (_, damage) => {
    const { fake, workspace, project } = await family();
    orThrow(await generate(project, freshSession(shared, workspace.storeRoot)));
    const folder = join(workspace.storeRoot, "v1/inspect");
    const [name = ""] = [...(await snapshotOf(folder)).keys()].filter((path) => path.includes("/"));
    const whole = readFileSync(join(folder, name));
    const damaged = damage(whole);
    if (damaged === null) truncateSync(join(folder, name), whole.length - 10);
    else writeFileSync(join(folder, name), damaged);
    expect(orThrow(await check(project, freshSession(shared, workspace.storeRoot)))).toMatchObject({
      verdict: "same",
      summary: { inspect: { hits: 0, misses: 1 }, damagedEntries: 1 },
    });
    expect(fake.calls().filter(isInspection)).toHaveLength(2);
    expect(readFileSync(join(folder, name))).toEqual(whole);
  });

  it.each(["inspect", "fingerprint"])("takes %s entries that changed places for misses", async (kind) => {
    const { workspace, project } = await family({}, ["a", "b"]);
    orThrow(await generate(project, freshSession(shared, workspace.storeRoot)));
    const folder = join(workspace.storeRoot, "v1", kind);
    const names = [...(await snapshotOf(folder)).keys()].filter((path) => path.includes("/"));
    const [left = "", right = ""] = names.map((name) => join(folder, name));
    const whole = [readFileSync(left), readFileSync(right)] as const;
    writeFileSync(left, whole[1]);
    writeFileSync(right, whole[0]);
    const report = orThrow(await check(project, freshSession(shared, workspace.storeRoot)));
    expect(report).toMatchObject({ verdict: "same", summary: { damagedEntries: 2 } });
    expect([readFileSync(left), readFileSync(right)]).toEqual(whole);
  });

  it("counts writes that fail as one warning, and decides all the same", async () => {
    const { workspace, project } = await family({}, ["a", "b"]);
    orThrow(await generate(project, freshSession(shared, workspace.storeRoot)));
    const storeRoot = join(temporaryFolder(), "store");
    writeFileSync(storeRoot, "no folder");
    const report = orThrow(await check(project, freshSession(shared, storeRoot)));
    expect(report).toMatchObject({
      verdict: "same",
      summary: { inspect: { misses: 2, failedWrites: 2 }, storeFailures: { first: { code: "ENOTDIR" } } },
    });
  });

  it("keeps entries to their owner", async () => {
    const { workspace, project } = await family();
    orThrow(await generate(project, freshSession(shared, workspace.storeRoot)));
    const entries = await snapshotOf(join(workspace.storeRoot, "v1/inspect"));
    const modes = [...entries].map(([, entry]) => Number(entry.split(" ")[0]) & 0o777);
    expect(modes.sort()).toEqual([0o600, 0o700]);
  });

  it("keeps no failure", async () => {
    const { fake, workspace, project } = await family();
    fake.mode("schema");
    const session = freshSession(shared, workspace.storeRoot);
    expect(failureOf(await generate(project, session))).toMatchObject({ reason: "manifest-failed" });
    fake.mode("ok");
    expect(orThrow(await generate(project, session)).added).toEqual(["a"]);
  });
});

describe("inspectKey", () => {
  const config: OsbuildConfig = {
    executable: "osbuild",
    args: ["--libdir", "a"],
    extraKey: "",
    crossCheck: false,
    timeoutMs: 1,
  };
  const base = { manifest: sha256("a"), version: "osbuild 191", config };

  it("moves with everything that an answer depends on", () => {
    const keys = [
      base,
      { ...base, manifest: sha256("b") },
      { ...base, version: "osbuild 192" },
      { ...base, config: { ...config, executable: "/usr/bin/osbuild" } },
      { ...base, config: { ...config, args: [] } },
      { ...base, config: { ...config, args: ["--libdir", "b"] } },
      { ...base, config: { ...config, args: ["--libdir a"] } },
      { ...base, config: { ...config, extraKey: "x" } },
    ].map(inspectKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect(inspectKey({ ...base, config: { ...config, crossCheck: true, timeoutMs: 2 } })).toBe(
      inspectKey(base),
    );
  });

  it("is what a run looks for: another version, argument or extra key asks again", async () => {
    const { fake, workspace, project } = await family();
    const inspections = async (changed = project) => {
      const before = fake.calls().filter(isInspection).length;
      orThrow(await generate(changed, freshSession(shared, workspace.storeRoot)));
      return fake.calls().filter(isInspection).length - before;
    };
    const withOsbuild = (osbuild: ConfigText) =>
      workspace.family({ generator: OFFERED, ids: "osbuild", osbuild });
    expect(await inspections()).toBe(1);
    expect(await inspections()).toBe(0);
    expect(await inspections(await withOsbuild({ args: ["--libdir", "x"] }))).toBe(1);
    expect(fake.calls().at(-1)).toBe("--libdir x --inspect -");
    expect(await inspections(await withOsbuild({ extraKey: "x" }))).toBe(1);
    fake.version("osbuild 192");
    expect(await inspections()).toBe(1);
  });
});

describe("crossCheck", () => {
  it("passes when both computations agree", async () => {
    const { workspace, project } = await family({ crossCheck: true });
    orThrow(await generate(project, freshSession(shared, workspace.storeRoot)));
    orThrow(await check(project, freshSession(shared, workspace.storeRoot), { ids: "builtin" }));
    expect(
      orThrow(await check(project, freshSession(shared, workspace.storeRoot), { ids: "builtin" })).verdict,
    ).toBe("same");
  });

  it.each<[string, (inspection: ReturnType<typeof inspectionOf>) => unknown, object]>([
    [
      "a stage",
      ({ pipelines: [build] }) => ({
        pipelines: [build, { name: "os", stages: [{ type: "x", id: sha256("") }] }],
      }),
      { pipeline: "os", stage: 0, osbuild: sha256("") },
    ],
    [
      "the number of stages",
      ({ pipelines: [build] }) => ({ pipelines: [build, { name: "os", stages: [] }] }),
      { pipeline: "os", stage: 0, osbuild: null },
    ],
    [
      "the number of pipelines",
      ({ pipelines: [build] }) => ({ pipelines: [build] }),
      { pipeline: "os", osbuild: null },
    ],
    [
      "a name",
      ({ pipelines: [build, os] }) => ({ pipelines: [{ ...build, name: "other" }, os] }),
      { pipeline: "build", stage: 0 },
    ],
  ])("fails on the first disagreement: %s", async (_, alter, expected) => {
    const { fake, workspace, project } = await family({ crossCheck: true });
    fake.answer(alter(inspectionOf(sampleManifest("a"))));
    expect(failureOf(await generate(project, freshSession(shared, workspace.storeRoot)))).toMatchObject({
      reason: "manifest-failed",
      manifests: [{ name: "a", failure: { reason: "ids-disagree", ...expected } }],
    });
    expect(workspace.list("checksums/demo")).toEqual([]);
  });

  it("finds a disagreement with what was cached before it was asked for", async () => {
    const { fake, workspace, project } = await family();
    fake.answer({ pipelines: [] });
    orThrow(await generate(project, freshSession(shared, workspace.storeRoot)));
    const checked = await workspace.family({
      generator: OFFERED,
      ids: "osbuild",
      osbuild: { crossCheck: true },
    });
    expect(failureOf(await check(checked, freshSession(shared, workspace.storeRoot)))).toMatchObject({
      manifests: [{ failure: { reason: "ids-disagree" } }],
    });
  });
});

describe("failing closed", () => {
  it("fails for every manifest when osbuild is missing, asked once, with nothing recorded", async () => {
    const { workspace, project } = await family({ executable: "no-such-osbuild" }, ["a", "b"]);
    expect(failureOf(await generate(project, freshSession(shared, workspace.storeRoot)))).toMatchObject({
      reason: "manifest-failed",
      manifests: [
        { name: "a", failure: { reason: "osbuild-version-failed", outcome: { kind: "not-found" } } },
        { name: "b", failure: { reason: "osbuild-version-failed" } },
      ],
    });
    expect(workspace.list("checksums")).toEqual([]);
  });

  it.each([
    "bad-json",
    "missing-ids",
    "traceback",
    "schema",
    "plain",
    "argument",
    "version-fails",
    "version-empty",
  ])("records nothing: %s", async (mode) => {
    const { fake, workspace, project } = await family();
    fake.mode(mode);
    const failure = failureOf(await generate(project, freshSession(shared, workspace.storeRoot)));
    expect(failure).toMatchObject({ reason: "manifest-failed", manifests: [{ name: "a" }] });
    expect(workspace.list("checksums")).toEqual([]);
  });

  it("asks again after a run that was cancelled", async () => {
    const { fake, workspace, project } = await family();
    const session = freshSession(shared, workspace.storeRoot);
    fake.mode("hang");
    const result = await generate(project, session, { signal: AbortSignal.timeout(400) });
    expect(failureOf(result)).toEqual({ reason: "cancelled" });
    fake.mode("ok");
    expect(orThrow(await generate(project, session)).added).toEqual(["a"]);
  });
});
