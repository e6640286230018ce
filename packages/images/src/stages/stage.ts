import type { ModuleName, Stage, StageParts } from "../manifest.ts";

/** A stage with its options, and what it works with besides them. */
export function stage<Options extends object>(
  type: ModuleName,
  options: Options,
  parts: StageParts = {},
): Stage<Options> {
  return { type, options, ...parts };
}

/** The builder of a stage that takes options and nothing else. */
export function stageBuilder<Options extends object>(type: ModuleName): (options: Options) => Stage<Options> {
  return (options) => stage(type, options);
}
