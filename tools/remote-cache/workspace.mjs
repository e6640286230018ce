import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const COPIED = [
  "packages",
  "manifests",
  "checksums",
  "package.json",
  "package-lock.json",
  "tsconfig.base.json",
];
const OWN = ["core", "images", "host", "engine", "forge", "nx"];
/** Longer than any run here takes; a server that never answers would hold Nx for ever. */
const TIMEOUT_MS = 180_000;

/** A machine: a copy of this repository with a home folder and caches of its own. */
export function openMachine(folder) {
  const root = join(folder, "workspace");
  mkdirSync(root, { recursive: true });
  for (const name of [...COPIED, ".gitignore"]) {
    cpSync(join(REPOSITORY, name), join(root, name), { recursive: true, filter: isNeeded });
  }
  linkModules(root);
  writeFileSync(join(root, "nx.json"), JSON.stringify({ plugins: ["@imagegate/nx"], analytics: false }));
  spawnSync("git", ["init", "--quiet"], { cwd: root });
  const caches = join(folder, "caches");
  const run = (argv, env = {}) => start(argv, { cwd: root, env: { ...machineEnv(folder, caches), ...env } });
  return {
    root,
    nx: (args, env) => run([process.execPath, join(root, "node_modules/nx/dist/bin/nx.js"), ...args], env),
    /** What branch protection requires: everything computed anew, and no cache of anybody asked. */
    requiredJob: () =>
      run([process.execPath, join(root, "packages/cli/bin/imagegate.js"), "check"], {
        IMAGEGATE_CACHE_DIR: join(caches, `required-${Date.now()}`),
      }),
    forgetCaches: () => rmSync(caches, { recursive: true, force: true }),
    /** The digest of everything under a folder of the workspace: names and bytes. */
    digestOf: (path) => digestFolder(join(root, path)),
  };
}

function isNeeded(path) {
  return !path.includes("/test/") && !path.includes("/e2e/");
}

function machineEnv(folder, caches) {
  const { NX_SELF_HOSTED_REMOTE_CACHE_SERVER: _server, ...inherited } = process.env;
  return {
    ...inherited,
    CI: "true",
    NO_COLOR: "1",
    HOME: join(folder, "home"),
    NX_DAEMON: "false",
    NX_ISOLATE_PLUGINS: "false",
    NX_CACHE_DIRECTORY: join(caches, "nx"),
    NX_WORKSPACE_DATA_DIRECTORY: join(caches, "nx-data"),
    IMAGEGATE_CACHE_DIR: join(caches, "imagegate"),
  };
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

function start([program, ...args], options) {
  const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const timer = setTimeout(() => child.kill("SIGKILL"), TIMEOUT_MS);
  return new Promise((resolve) => {
    child.on("close", (exitCode) => {
      clearTimeout(timer);
      resolve({ exitCode, output });
    });
  });
}

function digestFolder(folder) {
  const hash = createHash("sha256");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const path of files.sort())
    hash.update(path.slice(folder.length)).update("\n").update(readFileSync(path));
  return hash.digest("hex");
}
