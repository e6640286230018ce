import { describe, expect, it } from "vitest";
import { pipelineFile, pipelineTree, sourceFile } from "../src/inputs.ts";

describe("inputs", () => {
  it("refer to pipelines by name and to source files by checksum", () => {
    expect(pipelineTree("os").references).toEqual(["name:os"]);
    expect(pipelineFile("image", "disk.img").references).toEqual({ "name:image": { file: "disk.img" } });
    expect(sourceFile("sha256:00")).toMatchObject({
      origin: "org.osbuild.source",
      references: [{ id: "sha256:00" }],
    });
  });
});
