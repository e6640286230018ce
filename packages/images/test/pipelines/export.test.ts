import { describe, expect, it } from "vitest";
import { containerPipeline, diskExportPipelines, rawFilename } from "../../src/pipelines/export.ts";
import { sampleContainer } from "../samples.ts";

describe("diskExportPipelines", () => {
  it("ships a raw disk as it is, under its own name", () => {
    const output = { format: "raw", filename: "image.raw" } as const;
    expect(rawFilename(output)).toBe("image.raw");
    expect(diskExportPipelines(output)).toEqual([]);
  });

  it("compresses the raw disk", () => {
    const output = { format: "raw.xz", filename: "image.raw.xz" } as const;
    expect(rawFilename(output)).toBe("disk.img");
    const [pipeline] = diskExportPipelines(output);
    expect(pipeline).toMatchObject({ name: "xz", build: "name:build" });
    expect(pipeline?.stages[0]).toMatchObject({
      type: "org.osbuild.xz",
      inputs: { file: { references: { "name:image": { file: "disk.img" } } } },
      options: { filename: "image.raw.xz" },
    });
  });

  it("names the pipeline of qemu after the format", () => {
    const [pipeline] = diskExportPipelines({
      format: "qemu",
      filename: "disk.vhd",
      options: { type: "vpc" },
    });
    expect(pipeline?.name).toBe("vpc");
    expect(pipeline?.stages[0]?.options).toEqual({ filename: "disk.vhd", format: { type: "vpc" } });
  });
});

describe("containerPipeline", () => {
  it("names the architecture as OCI does", () => {
    const architectures = (["x86_64", "aarch64"] as const).map(
      (arch) => containerPipeline(sampleContainer, arch).stages[0]?.options,
    );
    expect(architectures).toMatchObject([{ architecture: "amd64" }, { architecture: "arm64" }]);
  });
});
