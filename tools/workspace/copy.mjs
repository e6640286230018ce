import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const CODE = ["packages", "package.json", "package-lock.json", "tsconfig.base.json", ".gitignore"];
const FAMILIES = ["manifests", "checksums"];
const OWN = ["core", "images", "host", "engine", "forge", "pins", "nx", "cli"];

/** Makes an Nx workspace that is a copy of this repository, built code and all, with or without its families. */
export function copyRepository(root, { plugins = ["@imagegate/nx"], families = true } = {}) {
  mkdirSync(root, { recursive: true });
  for (const name of families ? [...CODE, ...FAMILIES] : CODE) {
    cpSync(join(REPOSITORY, name), join(root, name), { recursive: true, filter: isNeeded });
  }
  linkModules(root);
  writeFileSync(join(root, "nx.json"), JSON.stringify({ plugins, analytics: false }));
  spawnSync("git", ["init", "--quiet"], { cwd: root });
}

/** Makes an Nx workspace without families that has our packages installed, as npm would from a registry. */
export function installPackages(root, { plugins = ["@imagegate/nx"] } = {}) {
  mkdirSync(root, { recursive: true });
  const modules = join(root, "node_modules");
  linkInstalled(modules);
  for (const name of OWN) {
    const folder = join(REPOSITORY, "packages", name);
    cpSync(folder, join(modules, nameOf(name)), { recursive: true, filter: isPublished });
  }
  const lock = JSON.parse(readFileSync(join(REPOSITORY, "package-lock.json"), "utf8"));
  for (const name of OWN) {
    lock.packages[`node_modules/${nameOf(name)}`] = lock.packages[`packages/${name}`];
    delete lock.packages[`packages/${name}`];
  }
  delete lock.packages[""].workspaces;
  const write = (file, content) => writeFileSync(join(root, file), JSON.stringify(content));
  write("package-lock.json", lock);
  write("package.json", {
    name: "elsewhere",
    private: true,
    devDependencies: { "@imagegate/nx": "*", nx: "*" },
  });
  write("nx.json", { plugins, analytics: false });
  writeFileSync(join(root, ".gitignore"), "node_modules/\n.nx/\ndist/\n");
  spawnSync("git", ["init", "--quiet"], { cwd: root });
}

function nameOf(folder) {
  return folder === "cli" ? "imagegate" : `@imagegate/${folder}`;
}

function isPublished(path) {
  return !["/test", "/e2e", "/src", "/node_modules", "/page"].some((part) => path.endsWith(part));
}

function isNeeded(path) {
  // The family of these records is one of the examples.
  const left = ["/test/", "/e2e/", "/examples/", "/checksums/locked"];
  return !left.some((part) => path.includes(part));
}

/** Installed packages are shared by links; those of the workspace are the copy's own. */
function linkModules(root) {
  const modules = join(root, "node_modules");
  linkInstalled(modules);
  for (const name of OWN) symlinkSync(join(root, "packages", name), join(modules, nameOf(name)));
}

function linkInstalled(modules) {
  mkdirSync(join(modules, "@imagegate"), { recursive: true });
  for (const name of readdirSync(join(REPOSITORY, "node_modules"))) {
    if (name === "@imagegate" || name === "imagegate") continue;
    symlinkSync(join(REPOSITORY, "node_modules", name), join(modules, name));
  }
}
