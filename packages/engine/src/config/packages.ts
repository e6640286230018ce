import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

/** The packages that a family's definitions may import, with all that those depend on. */
export interface PackageClosure {
  /** Names of packages that are installed from elsewhere. */
  readonly external: readonly string[];
  /** Packages of this workspace. */
  readonly local: readonly LocalPackage[];
  /** Real and absolute folders of all of them, each version that is installed. */
  readonly folders: readonly string[];
  /** Names that were declared and are not installed. */
  readonly missing: readonly string[];
}

/** A package of this workspace; its folder is real and absolute. */
export interface LocalPackage {
  readonly name: string;
  readonly folder: string;
}

interface PackageJson {
  readonly name?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * Follows declared packages (without a declaration: the nearest package that has dependencies, and those) through
 * `node_modules`, as Node resolves them from `folder`. Both paths are absolute.
 */
export function packageClosure(
  root: string,
  folder: string,
  declared: readonly string[] | undefined,
): PackageClosure {
  const external = new Set<string>();
  const local = new Map<string, LocalPackage>();
  const missing = new Set<string>();
  const folders = new Set<string>();
  const look = openLook();
  const visit = (name: string, from: string, isOptional: boolean): void => {
    const found = findPackage(root, from, name, look);
    if (found === undefined) {
      if (!isOptional) missing.add(name);
      return;
    }
    if (folders.has(found)) return;
    folders.add(found);
    const isLocal = isInside(root, found) && !found.includes(`${sep}node_modules${sep}`);
    if (isLocal) local.set(name, { name, folder: found });
    else external.add(name);
    const { dependencies = {}, peerDependencies = {}, optionalDependencies = {} } = readPackageJson(found);
    for (const dependency of Object.keys(dependencies)) {
      visit(dependency, found, Object.hasOwn(optionalDependencies, dependency));
    }
    for (const dependency of Object.keys({ ...peerDependencies, ...optionalDependencies })) {
      visit(dependency, found, true);
    }
  };
  const nearest = declared === undefined ? nearestPackage(root, folder) : { dependencies: declared };
  // A package may import itself by its name, when it is installed under it.
  if (nearest.name !== undefined) visit(nearest.name, folder, true);
  for (const name of nearest.dependencies) visit(name, folder, false);
  return {
    external: [...external].sort(),
    local: [...local.values()].sort((left, right) => (left.name < right.name ? -1 : 1)),
    folders: [...folders].sort(),
    missing: [...missing].sort(),
  };
}

/** The name and the dependencies of the nearest `package.json` that has any, up to the workspace's root. */
function nearestPackage(
  root: string,
  folder: string,
): { readonly name?: string | undefined; readonly dependencies: readonly string[] } {
  for (const at of ancestors(root, folder)) {
    const { name, dependencies, devDependencies, peerDependencies } = readPackageJson(at);
    const names = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies });
    if (names.length > 0) return { name, dependencies: names };
  }
  return { dependencies: [] };
}

/** What is asked of the disk again and again: hundreds of packages depend on each other, and few have folders of their own. */
interface Look {
  hasModules(folder: string): boolean;
  realFolder(path: string): string | undefined;
}

function openLook(): Look {
  return {
    hasModules: remembering((folder) => existsSync(join(folder, "node_modules"))),
    realFolder: remembering(realFolder),
  };
}

function remembering<T>(ask: (path: string) => T): (path: string) => T {
  const answers = new Map<string, T>();
  return (path) => {
    if (!answers.has(path)) answers.set(path, ask(path));
    return answers.get(path) as T;
  };
}

/** The real folder of a package as Node would find it from `from`, not looking above the workspace. */
function findPackage(root: string, from: string, name: string, look: Look): string | undefined {
  for (const at of ancestors(root, from)) {
    const found = look.hasModules(at) ? look.realFolder(join(at, "node_modules", name)) : undefined;
    // Not in this folder: Node looks in the next one up.
    if (found === undefined) continue;
    // What is installed elsewhere may meet a package that another checkout builds for itself: it is not of this one.
    const isForeign = !isInside(resolve(root), at) && !isInside(root, found) && !isInstalled(found);
    return isForeign ? undefined : found;
  }
  return undefined;
}

function realFolder(path: string): string | undefined {
  // Most are not there, and an error costs more than to ask.
  if (!existsSync(path)) return undefined;
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

function isInstalled(folder: string): boolean {
  return folder.split(sep).includes("node_modules");
}

/** The folders in which Node looks, up to the workspace; of an installed package elsewhere, up to where it is installed. */
function* ancestors(root: string, folder: string): Generator<string> {
  const top = isInside(resolve(root), resolve(folder)) ? resolve(root) : installationOf(resolve(folder));
  for (let at = resolve(folder); isInside(top, at); at = dirname(at)) {
    yield at;
    if (at === top) return;
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`));
}

/** The folder whose `node_modules` a package stands in, the outermost; of no installed package, itself. */
function installationOf(folder: string): string {
  const steps = folder.split(sep);
  const at = steps.indexOf("node_modules");
  return at === -1 ? folder : steps.slice(0, at).join(sep) || sep;
}

/** A folder without a readable `package.json` has no dependencies to follow. */
function readPackageJson(folder: string): PackageJson {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as PackageJson;
  } catch {
    return {};
  }
}
