import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { computeIds } from "../../src/osbuild/ids.ts";
import { readTape } from "../json/read-tape.ts";

const anyInputs = fc.oneof(
  fc.constantFrom("sha256:1", "sha256:2").map((reference) => ({
    files: { type: "f", origin: "org.osbuild.source", references: [reference] },
  })),
  fc.constantFrom("name:p", "name:q", "name:r").map((reference) => ({
    tree: { type: "t", origin: "org.osbuild.pipeline", references: [reference] },
  })),
);

const anyStage = fc
  .record({ type: fc.constantFrom("a", "b"), options: fc.nat(1), inputs: fc.option(anyInputs, { freq: 2 }) })
  .map(({ type, options, inputs }) => ({ type, options: { x: options }, ...(inputs && { inputs }) }));

const anyPipeline = fc.record(
  {
    build: fc.constantFrom("name:p", "name:q"),
    "source-epoch": fc.nat(1),
    runner: fc.constantFrom("r", "s"),
    stages: fc.array(anyStage, { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

const anyManifest = fc
  .record({
    pipelines: fc.array(anyPipeline, { maxLength: 3 }),
    offered: fc.subarray(["sha256:1", "sha256:2"]),
  })
  .map(({ pipelines, offered }) => ({
    version: "2",
    pipelines: pipelines.map((pipeline, index) => ({ name: "pqr"[index], ...pipeline })),
    sources: { s: { items: Object.fromEntries(offered.map((reference) => [reference, "u"])) } },
  }));

/** Two manifests that often begin alike. */
const anyPair = fc
  .tuple(anyManifest, anyManifest, fc.nat(3), fc.nat(3))
  .map(([before, other, keep, stages]) => {
    const pipelines = before.pipelines.map((pipeline, index) => {
      const now = other.pipelines[index];
      if (index < keep || now === undefined) return pipeline;
      const kept = (pipeline.stages ?? []).slice(0, stages);
      return { ...(stages === 0 ? now : pipeline), stages: [...kept, ...(now.stages ?? [])] };
    });
    return { before, after: { ...other, pipelines } };
  });

describe("computeIds with the ids of another document", () => {
  it("comes to what it comes to without", () => {
    let reused = 0;
    fc.assert(
      fc.property(anyPair, ({ before, after }) => {
        const [old, now] = [before, after].map((manifest) => readTape(JSON.stringify(manifest)));
        if (old === undefined || now === undefined) throw new Error("both are documents");
        const known = computeIds(old);
        if (!known.ok) return;
        const ids = computeIds(now);
        expect(computeIds(now, { tape: old, pipelines: known.value })).toEqual(ids);
        const first = known.value[0]?.stages[0]?.id;
        if (first !== undefined && ids.ok && ids.value[0]?.stages[0]?.id === first) reused += 1;
      }),
      { numRuns: 3_000 },
    );
    expect(reused).toBeGreaterThan(30);
  });

  it("takes the known ids over", () => {
    const text = JSON.stringify({
      version: "2",
      pipelines: [{ name: "p", stages: [{ type: "a" }, { type: "b" }] }],
    });
    const [old, now] = [readTape(text), readTape(text.replace('"b"', '"c"'))];
    const known = computeIds(old);
    const marked = { tape: old, pipelines: [{ stages: [{ id: "known" }, { id: "other" }] }] };
    const ids = computeIds(now, marked as never);
    expect(known.ok && ids.ok && ids.value[0]?.stages[0]?.id).toBe("known");
    expect(ids.ok && ids.value[0]?.stages[1]?.id).not.toBe("other");
  });
});
