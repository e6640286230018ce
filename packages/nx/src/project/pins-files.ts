import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import * as z from "zod";
import { distinctInputs, filesOnDisk, trackedFiles, type Input } from "./input.ts";

/** What the name of a pins file ends with. */
export const PINS_FILE_ENDING = ".pins.json";

/** As much of a pins file as says which other files it reads; what else is wrong with it is for the task to say. */
const pinsFile = z.object({
  sources: z
    .array(z.object({ kind: z.enum(["osbuild", "documents"]), include: z.array(z.string().min(1)) }))
    .default([]),
});

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
    const parsed = parsePinsFile(read(file));
    const below = parsed === undefined ? ["**/*"] : parsed.sources.flatMap(({ include }) => include);
    return [file, ...below.map((glob) => posix.join(folder, glob))];
  });
  return [...new Set(globs)];
}

/** The inputs of those files. A whole workspace is what git tracks of it. */
export function pinsInputs(root: string, files: readonly string[]): Input[] {
  const globs = pinnedGlobs(files, (file) => readText(join(root, file)));
  return distinctInputs(globs.map((glob) => (glob === "**/*" ? trackedFiles(glob) : filesOnDisk(glob))));
}

function parsePinsFile(text: string | null): z.infer<typeof pinsFile> | undefined {
  try {
    return pinsFile.safeParse(JSON.parse(text ?? "")).data;
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
