import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { PackageClosure } from "@imagegate/engine/project";
import type { Input } from "./input.ts";

/** What packages add to a target's inputs, and what no input can stand for. */
export interface PackageInputs {
  readonly inputs: readonly Input[];
  /** Why a result must not be cached: code that Nx cannot see. */
  readonly gaps: readonly string[];
}

const LOCK_FILES = [
  "package-lock.json",
  "npm-shrinkwrap.json",
  "pnpm-lock.yaml",
  "yarn.lock",
  "bun.lock",
  "bun.lockb",
];

/** What never takes part in a run: installed packages are named on their own, build info holds no code. */
const NOT_CODE = ["**/node_modules/**", "**/*.tsbuildinfo"];

/** The folders of our own packages that a run never loads. */
const NOT_RUN = ["test/**", "e2e/**", "README.md"];

/** The inputs of all packages that a run may load, as Node resolves them in this workspace. */
export function packageInputs(root: string, folder: string, packages: PackageClosure): PackageInputs {
  const lockFile = LOCK_FILES.find((name) => existsSync(join(root, name)));
  const places = [folder, ...packages.local.map((local) => local.folder)];
  const linked = packages.external.filter((name) => isLinked(root, name));
  const installed = packages.external.filter((name) => isNamedByNx(join(root, "node_modules", name)));
  const isNested = packages.external.some((name) => isInstalledBelow(root, places, name));
  return {
    inputs: [
      ...packages.local.flatMap((local) => localInputs(root, local)),
      ...(installed.length > 0 && lockFile !== undefined ? [{ externalDependencies: installed }] : []),
      ...(isNested && lockFile !== undefined ? [{ fileset: `{workspaceRoot}/${lockFile}` }] : []),
    ],
    gaps: [
      ...linked.map((name) => `${name} is linked from outside the workspace`),
      ...(packages.external.length > 0 && lockFile === undefined ? ["the workspace has no lock file"] : []),
    ],
  };
}

/**
 * Sources and what is built of them: a run loads the built code, which git ignores and Nx would not see, and a
 * comparison of commits sees nothing but sources.
 */
function localInputs(root: string, { name, folder }: PackageClosure["local"][number]): Input[] {
  const place = `{workspaceRoot}/${posixPath(relative(realpathSync(root), folder))}`;
  const isOurs = name === "imagegate" || name.startsWith("@imagegate/");
  const excluded = [...NOT_CODE, ...(isOurs ? NOT_RUN : [])];
  return [`${place}/**/*`, ...excluded.map((glob) => `!${place}/${glob}`)].map((fileset) => ({
    fileset,
    includeIgnored: true,
  }));
}

/**
 * Nx names a package of the root folder by its name alone. Binaries for one platform come with the package that wants
 * them, which the lock file lists for all platforms: named on their own they would tell machines apart.
 */
function isNamedByNx(folder: string): boolean {
  try {
    const { os, cpu } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<
      string,
      unknown
    >;
    return os === undefined && cpu === undefined;
  } catch {
    return false;
  }
}

/** A package that the lock file pins and a link replaces. */
function isLinked(root: string, name: string): boolean {
  const place = join(root, "node_modules", name);
  if (!existsSync(place)) return false;
  try {
    return !realpathSync.native(place).includes(`${sep}node_modules${sep}`);
  } catch {
    return false;
  }
}

/** Whether a package stands between one of the places and the workspace's root, where Nx has no certain name for it. */
function isInstalledBelow(root: string, places: readonly string[], name: string): boolean {
  const top = realpathSync(root);
  return places.some((place) => {
    for (let at = resolve(place); at !== top && at !== dirname(at); at = dirname(at)) {
      if (existsSync(join(at, "node_modules", name))) return true;
    }
    return false;
  });
}

function posixPath(path: string): string {
  return path.split(sep).join("/");
}
