import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { distinctInputs, filesOnDisk, trackedFiles, type Input } from "./input.ts";

/** What the name of a pins file ends with. */
export const PINS_FILE_ENDING = ".pins.json";

/**
 * Globs of all files that pins files read, relative to the workspace, each once. A program may read anything below its
 * folder, and so may a file that nobody understands.
 */
export function pinnedGlobs(
  files: readonly string[],
  read: (file: string) => string | null,
): readonly string[] {
  const globs = files.flatMap((file) => {
    const folder = posix.dirname(file);
    const below = includesOf(parseJson(read(file))) ?? ["**/*"];
    return [file, ...below.map((glob) => posix.join(folder, glob))];
  });
  return [...new Set(globs)];
}

/** The inputs of those files. A whole workspace is what git tracks of it. */
export function pinsInputs(root: string, files: readonly string[]): Input[] {
  const globs = pinnedGlobs(files, (file) => readText(join(root, file)));
  return distinctInputs(globs.map((glob) => (glob === "**/*" ? trackedFiles(glob) : filesOnDisk(glob))));
}

/**
 * What the sources of a pins file include; undefined where that does not say all that it reads. What else is wrong with
 * the file is for the task to tell: nothing here loads what would tell it.
 */
function includesOf(value: unknown): readonly string[] | undefined {
  if (!isRecord(value)) return undefined;
  const { sources = [] } = value;
  if (!Array.isArray(sources)) return undefined;
  const includes = sources.map((source: unknown) => {
    const isKnown = isRecord(source) && (source["kind"] === "osbuild" || source["kind"] === "documents");
    return isKnown && isTexts(source["include"]) ? source["include"] : undefined;
  });
  return includes.every((each) => each !== undefined) ? includes.flat() : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string" && each !== "");
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
