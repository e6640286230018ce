import { posix } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import { findFiles } from "@imagegate/host";
import type { PinsFailure } from "../failure.ts";
import type { Provenance } from "../pin/pin.ts";
import { failedReading, joinReadings, type Reading, type ReadingContext } from "./source.ts";

/** Files that globs below a folder find, sorted. */
export interface FileSet {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Relative to the root, POSIX. */
  readonly folder: string;
  /** Where the globs stand. */
  readonly place: Provenance;
}

/** The paths of a set, relative to the root; a glob that finds none is a failure. */
export async function listFiles(
  { include, exclude, folder, place }: FileSet,
  root: string,
): Promise<Result<readonly string[], PinsFailure>> {
  const below = (glob: string): string => posix.join(escapeGlob(folder), glob);
  const ignore = ["**/node_modules/**", ...exclude.map(below)];
  const found = new Set<string>();
  for (const pattern of include) {
    const files = await findFiles([below(pattern)], { cwd: root, ignore });
    if (!files.ok) return files;
    // A folder that was renamed must not leave what is verified unseen.
    if (files.value.length === 0) return fail({ reason: "pins-no-match", place, include: [pattern] });
    for (const file of files.value) found.add(file);
  }
  return ok([...found].sort());
}

/** Reads every file of a set, one after the other. */
export async function readFiles(
  set: FileSet,
  context: ReadingContext,
  read: (path: string, context: ReadingContext) => Promise<Reading>,
): Promise<Reading> {
  const paths = await listFiles(set, context.root);
  if (!paths.ok) return failedReading(paths.failure);
  const readings: Reading[] = [];
  for (const path of paths.value) {
    if (context.signal.aborted) return failedReading({ reason: "pins-cancelled" });
    readings.push(await read(path, context));
  }
  return joinReadings(readings);
}

/** A folder's name in a glob, whatever it is called. */
function escapeGlob(folder: string): string {
  return folder.replace(/[*?[\]{}()!+@\\]/g, String.raw`\$&`);
}
