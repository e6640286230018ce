import { describe, expect, it } from "vitest";
import { buildPipeline } from "../../src/pipelines/build.ts";

describe("buildPipeline", () => {
  it("runs on the host's tree, and labels the programs that label other trees", () => {
    const pipeline = buildPipeline("org.osbuild.fedora43", { packages: [], gpgKeys: [] });
    expect(pipeline).toMatchObject({ name: "build", runner: "org.osbuild.fedora43" });
    expect(pipeline.build).toBeUndefined();
    expect(pipeline.stages.map(({ type }) => type)).toEqual(["org.osbuild.rpm", "org.osbuild.selinux"]);
    expect(pipeline.stages[1]?.options).toMatchObject({
      labels: { "/usr/bin/cp": "system_u:object_r:install_exec_t:s0" },
    });
  });
});
