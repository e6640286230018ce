import { lstatSync, readdirSync, realpathSync, statSync, type Dirent } from "node:fs";
import { join, relative, sep } from "node:path";

/** Where the symbolic links of a folder lead. */
export interface LinkedPlaces {
  /** Globs of what they lead to in the workspace: Nx hashes a link, not what it points to. */
  readonly globs: readonly string[];
  /** The links, relative to the workspace, that lead out of it. */
  readonly outside: readonly string[];
}

const NOT_FOLLOWED = new Set(["node_modules", ".git", ".nx"]);

/** Follows every link of some files and folders, and those that stand behind links, each place once. */
export function linkedPlaces(root: string, places: readonly string[]): LinkedPlaces {
  const top = realpathSync(root);
  const globs = new Set<string>();
  const outside: string[] = [];
  const seen = new Set<string>();
  const walk = (at: string): void => {
    if (seen.has(at)) return;
    seen.add(at);
    for (const entry of entriesOf(at)) {
      if (NOT_FOLLOWED.has(entry.name)) continue;
      const path = join(at, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.isSymbolicLink()) follow(path);
    }
  };
  const follow = (link: string): void => {
    const target = targetOf(link);
    if (target === undefined) return;
    const place = workspacePath(top, target);
    if (place.startsWith("../")) {
      outside.push(workspacePath(top, link));
    } else if (statSync(target).isDirectory()) {
      globs.add(`${place}/**/*`);
      walk(target);
    } else {
      globs.add(place);
    }
  };
  for (const place of places) {
    const path = join(top, place);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory()) walk(path);
    else if (stats?.isSymbolicLink()) follow(path);
  }
  return { globs: [...globs].sort(), outside: outside.sort() };
}

/** A link that leads nowhere holds nothing that a run could read. */
function targetOf(link: string): string | undefined {
  try {
    return realpathSync(link);
  } catch {
    return undefined;
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

function workspacePath(root: string, path: string): string {
  return relative(root, path).split(sep).join("/");
}
