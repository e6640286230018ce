import { mkdirSync, statSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { errorCode } from "./error-code.ts";

/**
 * Makes a folder and those above it that are missing; `mode` is for new ones. Throws the system's error.
 * Not Node's `recursive`, which never returns where a file system answers ENOENT below a folder that exists (`/proc`).
 */
export async function makeFolder(path: string, mode = 0o777): Promise<void> {
  try {
    await mkdir(path, mode);
  } catch (error) {
    if (!isParentMissing(path, error)) return requireFolder(path, error);
    await makeFolder(dirname(path), mode);
    await mkdir(path, mode).catch((again: unknown) => requireFolder(path, again));
  }
}

/** `makeFolder` for a thread that has nothing else to do. */
export function makeFolderSync(path: string, mode = 0o777): void {
  try {
    mkdirSync(path, mode);
  } catch (error) {
    if (!isParentMissing(path, error)) return requireFolder(path, error);
    makeFolderSync(dirname(path), mode);
    try {
      mkdirSync(path, mode);
    } catch (again) {
      requireFolder(path, again);
    }
  }
}

function isParentMissing(path: string, error: unknown): boolean {
  return errorCode(error) === "ENOENT" && dirname(path) !== path;
}

/** Whoever made it first, it is there; what stands in its place and is no folder is an error. */
function requireFolder(path: string, error: unknown): void {
  if (errorCode(error) !== "EEXIST" || !statSync(path).isDirectory()) throw error;
}
