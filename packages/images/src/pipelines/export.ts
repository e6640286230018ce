import { ARCHITECTURES, type Architecture } from "../architecture.ts";
import type { ContainerImageType, DiskOutput } from "../definition.ts";
import { pipelineFile, pipelineReference, pipelineTree } from "../inputs.ts";
import type { Pipeline } from "../manifest.ts";
import { ociArchive, qemu, xz } from "../stages/export.ts";
import { BUILD } from "./build.ts";
import { DISK } from "./disk.ts";
import { TREE } from "./tree.ts";

/** The file of the raw disk: what is shipped, or what the shipped file is made from. */
export function rawFilename(output: DiskOutput): string {
  return output.format === "raw" ? output.filename : "disk.img";
}

/** The pipelines that turn the raw disk into what is shipped; none when it is shipped as it is. */
export function diskExportPipelines(output: DiskOutput): readonly Pipeline[] {
  const { filename } = output;
  const raw = pipelineFile(DISK, rawFilename(output));
  const build = pipelineReference(BUILD);
  switch (output.format) {
    case "raw":
      return [];
    case "raw.xz":
      return [{ name: "xz", build, stages: [xz({ filename }, raw)] }];
    case "qemu":
      return [
        { name: output.options.type, build, stages: [qemu({ filename, format: output.options }, raw)] },
      ];
  }
}

/** The pipeline that packs the tree as a container image. */
export function containerPipeline(type: ContainerImageType, arch: Architecture): Pipeline {
  const { filename, config } = type;
  const options = { architecture: ARCHITECTURES[arch].oci, filename, config };
  return {
    name: "container",
    build: pipelineReference(BUILD),
    stages: [ociArchive(options, pipelineTree(TREE))],
  };
}
