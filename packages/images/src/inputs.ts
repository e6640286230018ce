import type { Checksum, PipelineFiles, PipelineReference, PipelineTree, SourceFiles } from "./manifest.ts";

/** The reference to a pipeline by its name. */
export function pipelineReference(pipeline: string): PipelineReference {
  return `name:${pipeline}`;
}

/** The whole tree of a pipeline. */
export function pipelineTree(pipeline: string): PipelineTree {
  return {
    type: "org.osbuild.tree",
    origin: "org.osbuild.pipeline",
    references: [pipelineReference(pipeline)],
  };
}

/** One file of a pipeline's tree. */
export function pipelineFile(pipeline: string, file: string): PipelineFiles {
  return {
    type: "org.osbuild.files",
    origin: "org.osbuild.pipeline",
    references: { [pipelineReference(pipeline)]: { file } },
  };
}

/** One file of a source. */
export function sourceFile(id: Checksum): SourceFiles {
  return { type: "org.osbuild.files", origin: "org.osbuild.source", references: [{ id }] };
}
