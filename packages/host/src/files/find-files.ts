import fs, { type Dirent } from "node:fs";
import { fail, ok, type Result } from "@imagegate/core";
import type { GlobOptions } from "tinyglobby";
import { errorCode } from "./error-code.ts";

/** Why files were not found: a folder that cannot be listed is not an empty one. */
export interface ListingFailure {
  readonly reason: "folder-unreadable";
  readonly path: string;
  readonly code: string;
  readonly cause: unknown;
}

/** Where to look, as tinyglobby takes it. */
type FindOptions = Pick<GlobOptions, "cwd" | "absolute" | "dot" | "ignore" | "followSymbolicLinks">;

/**
 * The files that match patterns, sorted. A folder on the way that cannot be listed is a failure; links that lead
 * nowhere, pipes and sockets count as files, so that whoever reads them says what they are.
 */
export async function findFiles(
  patterns: readonly string[],
  options: FindOptions,
): Promise<Result<readonly string[], ListingFailure>> {
  if (patterns.length === 0) return ok([]);
  let failure: ListingFailure | undefined;
  const names = literalNames(patterns);
  const isWanted = (entry: Dirent): boolean =>
    names === null || names.has(entry.name) || entry.isDirectory() || entry.isSymbolicLink();
  const readdir = (path: string, settings: { withFileTypes: true }, done: ReaddirCallback): void => {
    fs.readdir(path, settings, (cause, entries) => {
      // A folder that is gone by now, or was never there, has no files.
      if (cause !== null && cause.code !== "ENOENT" && cause.code !== "ENOTDIR") {
        failure ??= { reason: "folder-unreadable", path, code: errorCode(cause), cause };
      }
      const wanted = cause === null ? entries.filter(isWanted) : [];
      done(
        cause,
        wanted.map((entry) => asFile(path, entry)),
      );
    });
  };
  const adapter = { readdir: readdir as typeof fs.readdir };
  // Threads look for no files.
  const { glob } = await import("tinyglobby");
  const found = await glob([...patterns], { expandDirectories: false, ...options, fs: adapter });
  return failure === undefined ? ok(found.sort()) : fail(failure);
}

/**
 * The names that files must have, where no pattern leaves that open: the walk refuses a file ten times as slowly as
 * this does, and there are thousands beside the few that configure something.
 */
function literalNames(patterns: readonly string[]): ReadonlySet<string> | null {
  const names = patterns.map((pattern) => pattern.slice(pattern.lastIndexOf("/") + 1));
  return names.every((name) => /^[\w.-]+$/.test(name)) ? new Set(names) : null;
}

type ReaddirCallback = (cause: NodeJS.ErrnoException | null, entries: Dirent[]) => void;

/** The walk passes over what is neither file, folder nor link, and over links that lead nowhere. */
function asFile(folder: string, entry: Dirent): Dirent {
  const isDangling = entry.isSymbolicLink() && !fs.existsSync(`${folder}/${entry.name}`);
  if (entry.isFile() || entry.isDirectory() || (entry.isSymbolicLink() && !isDangling)) return entry;
  return Object.assign(Object.create(entry) as Dirent, { isFile: () => true, isSymbolicLink: () => false });
}
