import * as fc from "fast-check";

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
export const anyManifestPair = fc
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
