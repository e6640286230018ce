import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check, checkShards } from "../../src/run/check.ts";
import { generate } from "../../src/run/generate.ts";
import { namedShardOf, ownsName, partOf, type Shard } from "../../src/run/shard.ts";
import {
  failureOf,
  makeWorkspace,
  OFFERED,
  offerManifests,
  orThrow,
  sampleManifest,
  sampleManifests,
  sharedSession,
} from "../workspace.ts";

const shared = sharedSession();
const split = { pattern: "^([^-]+)-", shards: ["centos_9", "fedora_43"] };

function parts(count: number): readonly Shard[] {
  return Array.from({ length: count }, (_, at) => ({ kind: "part", index: at + 1, count }) as const);
}

function owners(name: string, shards: readonly Shard[]): number {
  return shards.filter((shard) => ownsName(shard, name, split)).length;
}

describe("shards", () => {
  it("are complete and disjoint: every name has exactly one owner", () => {
    const named = split.shards.map((name) => ({ kind: "named", name }) as const);
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 64 }), (name, count) => {
        expect(owners(name, parts(count))).toBe(1);
        expect(owners(name, named)).toBe(1);
      }),
      { numRuns: 300 },
    );
  });

  it("never move: the sha256 of the name, as one number, modulo the count", () => {
    // Computed by Python's hashlib.
    expect([1, 2, 3, 8, 1000].map((count) => partOf("fedora_43-x86_64-qcow2-empty", count))).toEqual([
      1, 2, 1, 6, 366,
    ]);
  });

  it("spread many names evenly", () => {
    const sizes = new Map<number, number>();
    for (let at = 0; at < 8000; at += 1) {
      const part = partOf(`image-${at}`, 8);
      sizes.set(part, (sizes.get(part) ?? 0) + 1);
    }
    expect([...sizes.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const size of sizes.values()) expect(Math.abs(size - 1000)).toBeLessThan(120);
  });

  it("are captured by the pattern's first group, or unknown", () => {
    expect(namedShardOf("centos_9-x86_64-a", split)).toBe("centos_9");
    expect(namedShardOf("centos_10-x86_64-a", split)).toBeNull();
    expect(namedShardOf("loose", split)).toBeNull();
    expect(namedShardOf("b", { pattern: "^(a)?", shards: ["a"] })).toBeNull();
  });
});

/** A family of many names, recorded, and then disturbed in every way. */
async function disturbed() {
  const workspace = makeWorkspace();
  const names = Array.from({ length: 12 }, (_, at) => `${at % 2 === 0 ? "centos_9" : "fedora_43"}-i${at}`);
  const project = await workspace.family({ generator: OFFERED, split });
  offerManifests(workspace, sampleManifests(...names));
  orThrow(await generate(project, shared));
  const [gone = "", changed = "", conflicted = "", ...others] = names;
  workspace.write(`checksums/demo/${conflicted}.sum`, "<<<<<<< HEAD\n");
  workspace.write("checksums/demo/stranger.txt", "x");
  workspace.write("checksums/demo/rhel_7-removed.sum", workspace.read(`checksums/demo/${changed}.sum`));
  offerManifests(workspace, {
    ...sampleManifests(conflicted, ...others, "fedora_43-new"),
    [changed]: sampleManifest("other"),
  });
  return { project, gone };
}

describe("check of a shard", () => {
  it.each([
    ["hash", [...parts(5)]],
    ["name", split.shards.map((name): Shard => ({ kind: "named", name }))],
  ])("together the shards by %s say what the whole says, each thing once", async (_, shards) => {
    const { project, gone } = await disturbed();
    const whole = orThrow(await check(project, shared));
    expect(whole.summary).toMatchObject({ changed: 1, added: 1, removed: 2, damaged: 2, unchanged: 9 });
    const reports = [];
    for (const shard of shards) reports.push(orThrow(await check(project, shared, { shard })));
    const verdicts = reports.flatMap((report) => report.verdicts);
    const sorted = verdicts.sort((left, right) => (left.name < right.name ? -1 : 1));
    expect(sorted.map(({ name, state }) => [name, state])).toEqual(
      whole.verdicts.map(({ name, state }) => [name, state]),
    );
    expect(verdicts.filter(({ name }) => name === gone)).toMatchObject([{ state: "removed" }]);
    expect(reports.reduce((sum, { summary }) => sum + summary.manifests, 0)).toBe(12);
  });

  it("says the same when shards share one run of the generator", async () => {
    const { project } = await disturbed();
    const shards = split.shards.map((name): Shard => ({ kind: "named", name }));
    const together = orThrow(await checkShards(project, shared, { shards }));
    for (const [at, shard] of shards.entries()) {
      const alone = orThrow(await check(project, shared, { shard }));
      expect(together[at]).toMatchObject({ verdict: alone.verdict, verdicts: alone.verdicts });
      expect(together[at]?.summary.manifests).toBe(alone.summary.manifests);
    }
  });

  it("is an error when the configuration does not list it", async () => {
    const { project } = await disturbed();
    const shard = { kind: "named", name: "rhel_7" } as const;
    await expect(check(project, shared, { shard })).rejects.toThrow("no shard is listed as rhel_7");
  });

  it("is the same when it has no names at all", async () => {
    const workspace = makeWorkspace();
    const project = await workspace.family({ generator: OFFERED });
    offerManifests(workspace, sampleManifests("a"));
    orThrow(await generate(project, shared));
    const empty = { kind: "part", index: (partOf("a", 2) % 2) + 1, count: 2 } as const;
    expect(orThrow(await check(project, shared, { shard: empty }))).toMatchObject({
      verdict: "same",
      verdicts: [],
    });
  });

  it("still needs the whole generator to succeed", async () => {
    const workspace = makeWorkspace();
    const generator = { kind: "command", argv: ["false"], output: "ndjson" };
    const project = await workspace.family({ generator });
    const shard = { kind: "part", index: 1, count: 9 } as const;
    expect(failureOf(await check(project, shared, { shard }))).toMatchObject({ reason: "command-failed" });
  });
});

describe("a configured split", () => {
  it("fails closed for a manifest of no listed shard", async () => {
    const workspace = makeWorkspace();
    const project = await workspace.family({ generator: OFFERED, split });
    offerManifests(workspace, sampleManifests("centos_9-a", "fedora_43-a", "rhel_10-a"));
    for (const run of [generate, check]) {
      expect(failureOf(await run(project, shared))).toEqual({
        reason: "shard-unknown",
        names: ["rhel_10-a"],
        shards: split.shards,
      });
    }
  });

  it("fails closed for a shard without a manifest", async () => {
    const workspace = makeWorkspace();
    const project = await workspace.family({ generator: OFFERED, split });
    offerManifests(workspace, sampleManifests("centos_9-a"));
    expect(failureOf(await check(project, shared))).toEqual({
      reason: "shards-empty",
      shards: ["fedora_43"],
    });
  });
});
