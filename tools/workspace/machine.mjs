import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { copyRepository, installPackages } from "./copy.mjs";

/** Longer than any run here takes; a server that never answers would hold Nx for ever. */
const TIMEOUT_MS = 180_000;

/** A machine: a copy of this repository, or of its code, with a home folder and caches of its own. */
export function openMachine(folder, contents = {}) {
  const root = join(folder, "workspace");
  copyRepository(root, contents);
  return machineAt(folder, root);
}

/** A machine whose workspace has our packages installed, and no families. */
export function openInstalledMachine(folder, contents = {}) {
  const root = join(folder, "workspace");
  installPackages(root, contents);
  return machineAt(folder, root);
}

function machineAt(folder, root) {
  let made = 0;
  const newCaches = () => join(folder, `caches-${made++}`);
  let caches = newCaches();
  let store = caches;
  const run = (argv, env = {}) =>
    start(argv, { cwd: root, env: { ...machineEnv(folder, { caches, store }), ...env } });
  const node = (path, args, env) => run([process.execPath, join(root, path), ...args], env);
  const imagegate = (args, env) => node("node_modules/imagegate/bin/imagegate.cjs", args, env);
  return {
    root,
    nx: (args, env) => node("node_modules/nx/dist/bin/nx.js", args, env),
    imagegate,
    /** What branch protection requires: everything computed anew, and no cache of anybody asked. */
    requiredJob: () => imagegate(["check"], { IMAGEGATE_CACHE_DIR: join(newCaches(), "imagegate") }),
    /** Goes on with empty caches; the old ones stay until the machine goes. */
    newCaches: () => {
      caches = newCaches();
      store = caches;
    },
    /** Goes on with an empty store of imagegate; Nx keeps its caches. */
    newStore: () => {
      store = newCaches();
    },
    /** The digest of everything under a folder of the workspace: names and bytes. */
    digestOf: (path) => digestFolder(join(root, path)),
  };
}

function machineEnv(folder, { caches, store }) {
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
    IMAGEGATE_CACHE_DIR: join(store, "imagegate"),
  };
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
