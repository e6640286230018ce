import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const CODE = ["packages", "package.json", "package-lock.json", "tsconfig.base.json", ".gitignore"];
const FAMILIES = ["manifests", "checksums"];
const OWN = ["core", "images", "host", "engine", "forge", "pins", "nx"];

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

function isNeeded(path) {
  // The family of these records is one of the examples.
  const left = ["/test/", "/e2e/", "/examples/", "/checksums/locked"];
  return !left.some((part) => path.includes(part));
}

/** Installed packages are shared by links; those of the workspace are the copy's own. */
function linkModules(root) {
  const modules = join(root, "node_modules");
  mkdirSync(join(modules, "@imagegate"), { recursive: true });
  for (const name of readdirSync(join(REPOSITORY, "node_modules"))) {
    if (name === "@imagegate" || name === "imagegate") continue;
    symlinkSync(join(REPOSITORY, "node_modules", name), join(modules, name));
  }
  for (const name of OWN) symlinkSync(join(root, "packages", name), join(modules, "@imagegate", name));
  symlinkSync(join(root, "packages", "cli"), join(modules, "imagegate"));
}
