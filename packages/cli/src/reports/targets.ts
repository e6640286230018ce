import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { WriteFailure } from "@imagegate/host";

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

/** Reports that could not be written, as far as can be told beforehand: nobody should wait for hours to hear that. */
export async function findUnwritable(
  outputs: readonly (string | undefined)[],
  cwd: string,
): Promise<readonly WriteFailure[]> {
  const paths = outputs.flatMap((output) => (output === undefined ? [] : [resolve(cwd, output)]));
  const found = await Promise.all(paths.map(writeFailureOf));
  return found.filter((failure) => failure !== null);
}

/** A file is replaced, so that its folder must take a new one; a device or a pipe is written to. */
async function writeFailureOf(path: string): Promise<WriteFailure | null> {
  try {
    const found = await stat(path).catch(() => null);
    if (found?.isDirectory() === true) throw Object.assign(new Error("a folder"), { code: "EISDIR" });
    const isReplaced = found === null || found.isFile();
    // The dot refuses what is no folder.
    const taker = isReplaced ? `${dirname(await realpath(path).catch(() => path))}/.` : path;
    await access(taker, constants.W_OK);
    return null;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "UNKNOWN";
    return { reason: "write-failed", path, code, cause };
  }
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
