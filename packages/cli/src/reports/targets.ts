import { realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

/** A report's file, and what of the command's own must not be lost to it. */
interface Targets {
  /** As they were given; undefined is stdout. */
  readonly outputs: readonly (string | undefined)[];
  /** Absolute paths of what the command reads. */
  readonly inputs: readonly string[];
  /** The end of the name of a file that is never a report. */
  readonly reserved: string;
}

/** What is wrong with where reports are to go: a file may neither be read by the command nor take two reports. */
export async function findTargetProblems(
  { outputs, inputs, reserved }: Targets,
  cwd: string,
): Promise<readonly string[]> {
  const read = new Set(await Promise.all(inputs.map(replacedPath)));
  const taken = new Set<string>();
  const problems: string[] = [];
  for (const output of outputs) {
    const path = output === undefined ? null : await replacedPath(resolve(cwd, output));
    if (path === null) continue;
    const shown = JSON.stringify(output);
    if (read.has(path)) problems.push(`a report in ${shown} would take the place of what is read`);
    else if (path.endsWith(reserved))
      problems.push(`a report in ${shown} would be taken for a ${reserved} file`);
    if (taken.has(path)) problems.push(`two reports do not fit into ${shown}`);
    taken.add(path);
  }
  return problems;
}

/** The file that a write to a path replaces, behind links; null for a device or a pipe, which takes what comes. */
async function replacedPath(path: string): Promise<string | null> {
  try {
    return (await stat(path)).isFile() ? await realpath(path) : null;
  } catch {
    return join(await realFolder(dirname(path)), basename(path));
  }
}

/** A folder that is missing takes no file: writing tells that. */
async function realFolder(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}
