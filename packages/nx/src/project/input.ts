import type { TargetConfiguration } from "@nx/devkit";

/** One input of a target, as Nx spells it. */
export type Input = NonNullable<TargetConfiguration["inputs"]>[number];

/** Files read from disk, so that those which git ignores count too. */
export function filesOnDisk(glob: string): Input {
  return { fileset: inWorkspace(glob), includeIgnored: true };
}

/** Files that do not count, whatever another glob says. */
export function notFiles(glob: string): Input {
  return { fileset: `!${inWorkspace(glob)}`, includeIgnored: true };
}

/** A glob of files that git tracks. */
export function trackedFiles(glob: string): Input {
  return { fileset: inWorkspace(glob) };
}

function inWorkspace(glob: string): string {
  return `{workspaceRoot}/${glob}`;
}

/** The same inputs, each once, in their order. */
export function distinctInputs(inputs: readonly Input[]): Input[] {
  return [...new Map(inputs.map((input) => [JSON.stringify(input), input])).values()];
}
