#!/usr/bin/env node
// Proves that `nx add @imagegate/nx` works: publishes all packages to a registry on loopback (verdaccio, which passes
// everything else on to the registry that npm is set up with) and adds the plugin to a fresh workspace.
// Started by hand after a build: node packages/nx/e2e/nx-add.mjs
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const REPOSITORY = fileURLToPath(new URL("../../..", import.meta.url));
const PACKAGES = ["core", "host", "engine", "forge", "pins", "images", "cli", "nx"];
const START_MS = 120_000;

const folder = realpathSync(mkdtempSync(join(tmpdir(), "imagegate-nx-add-")));
const port = await freePort();
const registry = `http://127.0.0.1:${port}/`;
const upstream = execFileSync("npm", ["config", "get", "registry"], { cwd: folder, encoding: "utf8" }).trim();

const workspace = join(folder, "workspace");
const env = {
  ...process.env,
  npm_config_registry: registry,
  [`npm_config_//127.0.0.1:${port}/:_authToken`]: "loopback",
  npm_config_cache: join(folder, "npm-cache"),
  NX_DAEMON: "false",
  NX_ISOLATE_PLUGINS: "false",
  NX_CACHE_DIRECTORY: join(folder, "nx-cache"),
  IMAGEGATE_CACHE_DIR: join(folder, "store"),
  CI: "true",
  NO_COLOR: "1",
};

const server = startRegistry(installRegistry());
try {
  await waitForRegistry();
  for (const name of PACKAGES)
    run(join(REPOSITORY, "packages", name), "npm", ["publish", "--ignore-scripts", "--access", "public"]);
  mkdirSync(workspace);
  writeFileSync(
    join(workspace, "package.json"),
    JSON.stringify({ name: "elsewhere", private: true, devDependencies: { nx: "24.0.6" } }),
  );
  writeFileSync(join(workspace, "nx.json"), JSON.stringify({ analytics: false }));
  writeFileSync(join(workspace, ".gitignore"), "node_modules/\n");
  run(workspace, "git", ["init", "--quiet"]);
  run(workspace, "npm", ["install", "--no-audit", "--no-fund"]);
  run(workspace, "npx", ["nx", "add", "@imagegate/nx"]);
  const { plugins } = readJson("nx.json");
  assert.deepEqual(plugins, [{ plugin: "@imagegate/nx", options: {} }]);
  assert.ok(readJson("package.json").devDependencies["@imagegate/nx"]);
  run(workspace, "npx", ["nx", "g", "@imagegate/nx:family", "first", "--template", "module"]);
  run(workspace, "npx", ["nx", "run-many", "-t", "generate"]);
  run(workspace, "npx", ["nx", "run-many", "-t", "check"]);
  console.log("nx add @imagegate/nx: the plugin was added, a family generated and checked");
} finally {
  if (server.exitCode === null) {
    server.kill("SIGTERM");
    await once(server, "exit");
  }
  rmSync(folder, { recursive: true, force: true });
}

function installRegistry() {
  const at = join(folder, "registry");
  mkdirSync(at);
  // One of its dependencies is asked for by a tag, which mirrors of the registry need not know.
  const manifest = {
    private: true,
    dependencies: { verdaccio: "^6.8.0" },
    overrides: { "node-fetch": "^2.7.0" },
  };
  writeFileSync(join(at, "package.json"), JSON.stringify(manifest));
  execFileSync("npm", ["install", "--no-audit", "--no-fund"], { cwd: at, stdio: "inherit" });
  return join(at, "node_modules/verdaccio/bin/verdaccio");
}

function startRegistry(program) {
  const config = join(folder, "verdaccio.yaml");
  const access = "{ access: $all, publish: $all, unpublish: $all }";
  writeFileSync(
    config,
    [
      `storage: ${JSON.stringify(join(folder, "storage"))}`,
      `uplinks: { upstream: { url: ${JSON.stringify(upstream)}, timeout: 60s } }`,
      "packages:",
      `  "@imagegate/*": ${access}`,
      `  "imagegate": ${access}`,
      `  "**": { access: $all, proxy: upstream }`,
      "log: { type: stdout, format: pretty, level: error }",
      "",
    ].join("\n"),
  );
  const argv = [program, "--config", config, "--listen", `127.0.0.1:${port}`];
  return spawn(process.execPath, argv, { stdio: "inherit" });
}

async function waitForRegistry() {
  const deadline = Date.now() + START_MS;
  for (;;) {
    const answer = await fetch(`${registry}-/ping`).catch(() => undefined);
    if (answer?.ok) return;
    if (server.exitCode !== null) throw new Error(`the registry ended with ${server.exitCode}`);
    if (Date.now() > deadline) throw new Error("the registry did not start");
    await sleep(500);
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function run(cwd, program, args) {
  console.log(`$ ${program} ${args.join(" ")}`);
  execFileSync(program, args, { cwd, env, stdio: "inherit" });
}

function readJson(path) {
  return JSON.parse(readFileSync(join(workspace, path), "utf8"));
}
