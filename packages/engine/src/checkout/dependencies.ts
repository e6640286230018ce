import { existsSync, readFileSync } from "node:fs";
import { lstat, mkdir, readdir, readlink, realpath, symlink } from "node:fs/promises";
import { dirname, join, posix, relative, resolve, sep } from "node:path";

/** Two checkouts of one repository, absolute: the user's, and a temporary one of another commit. */
export interface CheckoutPair {
  readonly from: string;
  readonly to: string;
}

/** What became of the packages that are installed in the user's checkout. */
export interface ReusedDependencies {
  /** Lock files by which other packages are wanted there, relative to the repository; theirs are not reused. */
  readonly differing: readonly string[];
}

const LOCK_FILES = ["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"];

/**
 * Lets a temporary checkout use the packages that are installed in the user's, where the lock file is the same on both
 * sides. Packages of the repository itself are those of the temporary checkout: their links lead to its own folders.
 * `files` are the paths that the commit holds.
 */
export async function reuseDependencies(
  checkouts: CheckoutPair,
  files: readonly string[],
): Promise<ReusedDependencies> {
  const differing = new Set<string>();
  for (const folder of packageFolders(files)) {
    const installed = join(checkouts.from, folder, "node_modules");
    if (!existsSync(installed)) continue;
    const lock = compareLocks(checkouts, folder);
    if (lock.kind === "differs") differing.add(lock.path);
    if (lock.kind === "same")
      await linkInstalled(checkouts, await realpath(installed), join(checkouts.to, folder));
  }
  return { differing: [...differing].sort() };
}

function packageFolders(files: readonly string[]): readonly string[] {
  const manifests = files.filter(
    (path) => posix.basename(path) === "package.json" && !path.split("/").includes("node_modules"),
  );
  return manifests.map((path) => posix.dirname(path));
}

type LockComparison =
  { readonly kind: "same" | "none" } | { readonly kind: "differs"; readonly path: string };

/** The nearest lock file of either side speaks for a folder; without one nobody says what was installed. */
function compareLocks({ from, to }: CheckoutPair, folder: string): LockComparison {
  for (let at = folder; ; at = posix.dirname(at)) {
    const found = LOCK_FILES.map((name) => posix.join(at, name)).filter(
      (path) => existsSync(join(from, path)) || existsSync(join(to, path)),
    );
    const other = found.find((path) => !isSameFile(join(from, path), join(to, path)));
    if (other !== undefined) return { kind: "differs", path: other };
    if (found.length > 0) return { kind: "same" };
    if (at === ".") return { kind: "none" };
  }
}

function isSameFile(left: string, right: string): boolean {
  try {
    return readFileSync(left).equals(readFileSync(right));
  } catch {
    return false;
  }
}

/** A `node_modules` of links: to what is installed, or to the checkout's own package of that place. */
async function linkInstalled(checkouts: CheckoutPair, installed: string, owner: string): Promise<void> {
  const target = join(owner, "node_modules");
  await mkdir(target, { recursive: true });
  for (const entry of await readdir(installed, { withFileTypes: true })) {
    const path = join(installed, entry.name);
    // Caches of tools and notes of package managers: no module is found by such a name.
    if (entry.name.startsWith(".") && entry.name !== ".bin") continue;
    if (entry.isDirectory() && entry.name.startsWith("@")) {
      await mkdir(join(target, entry.name), { recursive: true });
      for (const name of await readdir(path)) {
        await linkEntry(checkouts, join(path, name), join(target, entry.name, name));
      }
    } else if (entry.name === ".bin") {
      await copyLinks(checkouts, path, join(target, entry.name));
    } else {
      await linkEntry(checkouts, path, join(target, entry.name));
    }
  }
}

/** Programs are found by their way from the packages beside them. */
async function copyLinks(checkouts: CheckoutPair, from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) {
    const path = join(from, name);
    const isLink = (await lstat(path)).isSymbolicLink();
    const way = isLink ? await readlink(path) : undefined;
    if (way !== undefined && way.startsWith("..")) await symlink(way, join(to, name));
    else await linkEntry(checkouts, path, join(to, name));
  }
}

async function linkEntry({ from, to }: CheckoutPair, path: string, link: string): Promise<void> {
  const real = await realpath(path).catch(() => undefined);
  // A link that leads nowhere is none there either.
  if (real === undefined) return;
  const way = relative(from, real);
  const isOwn = way !== ".." && !way.startsWith(`..${sep}`) && !way.split(sep).includes("node_modules");
  await symlink(isOwn ? join(to, way) : real, link);
}

/** Whether packages stand in a folder of a checkout, or above it. */
export function hasPackages(top: string, folder: string): boolean {
  for (let at = resolve(top, folder); ; at = dirname(at)) {
    if (existsSync(join(at, "node_modules"))) return true;
    if (at === resolve(top) || at === dirname(at)) return false;
  }
}

/** Whether a folder is installed in itself as a package, so that its files may be imported by its name. */
export async function isInstalledIn(folder: string): Promise<boolean> {
  const installed = join(folder, "node_modules");
  const names = await readdir(installed).catch(() => []);
  const scoped = await Promise.all(
    names
      .filter((name) => name.startsWith("@"))
      .map(async (scope) => {
        const inScope = await readdir(join(installed, scope)).catch(() => []);
        return inScope.map((name) => join(scope, name));
      }),
  );
  const own = await realpath(folder);
  const targets = await Promise.all(
    [...names, ...scoped.flat()].map((name) => realpath(join(installed, name)).catch(() => undefined)),
  );
  return targets.includes(own);
}
