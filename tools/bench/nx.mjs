import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measureInterleaved, printTable } from "./measure.mjs";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

/** `nx run-many -t generate` in a copy of this repository, against the same with a plugin that does nothing. */
export async function benchNx(runs) {
  const root = mkdtempSync(join(tmpdir(), "imagegate-bench-nx-"));
  try {
    const ours = copyWorkspace(join(root, "ours"), ["@imagegate/nx"]);
    const empty = copyWorkspace(join(root, "empty"), ["./empty-plugin.mjs"]);
    writeFileSync(join(empty, "empty-plugin.mjs"), EMPTY_PLUGIN);
    const definition = join(ours, "manifests", "fedora", "images.ts");
    const subjects = [
      { name: "empty plugin, cold", prepare: () => reset(empty), work: () => runNx(empty) },
      { name: "cold", prepare: () => reset(ours), work: () => runNx(ours) },
      { name: "empty plugin, all cached", work: () => runNx(empty) },
      { name: "all cached", work: () => runNx(ours) },
      {
        name: "one family changed",
        prepare: () => appendFileSync(definition, "\n"),
        work: () => runNx(ours),
      },
    ];
    printTable(
      `nx run-many -t generate, medians of ${runs} interleaved runs`,
      await measureInterleaved(subjects, runs),
      "empty plugin, all cached",
    );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function reset(folder) {
  rmSync(join(folder, ".nx-cache"), { recursive: true, force: true });
}

/** Two families of targets that Nx runs and caches, and that do nothing. */
const EMPTY_PLUGIN = `export const createNodes = ["**/imagegate.json", (files) => files.map((file) => {
  const root = file.replace(/\\/[^/]*$/, "");
  const target = { command: "true", cache: true, inputs: ["{projectRoot}/**/*"], outputs: [] };
  return [file, { projects: { [root]: { name: root.split("/").pop(), targets: { generate: target } } } }];
})];
`;

function copyWorkspace(folder, plugins) {
  mkdirSync(folder);
  for (const name of [
    "packages",
    "manifests",
    "checksums",
    "package.json",
    "package-lock.json",
    "tsconfig.base.json",
    ".gitignore",
  ]) {
    cpSync(join(REPOSITORY, name), join(folder, name), {
      recursive: true,
      filter: (path) => !path.includes("/test/"),
    });
  }
  // Installed packages are shared; those of the workspace are this copy's own.
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "@imagegate"), { recursive: true });
  for (const name of ["core", "images", "host", "engine", "nx"]) {
    symlinkSync(join(folder, "packages", name), join(modules, "@imagegate", name));
  }
  symlinkSync(join(folder, "packages", "cli"), join(modules, "imagegate"));
  cpSync(join(REPOSITORY, "node_modules"), modules, {
    recursive: true,
    filter: (path) => !path.endsWith("/@imagegate") && !path.endsWith("/node_modules/imagegate"),
  });
  writeFileSync(join(folder, "nx.json"), JSON.stringify({ plugins, analytics: false }));
  spawnSync("git", ["init", "--quiet"], { cwd: folder });
  return folder;
}

function runNx(folder) {
  const { status, stdout, stderr } = spawnSync("npx", ["nx", "run-many", "-t", "generate"], {
    cwd: folder,
    encoding: "utf8",
    env: {
      ...process.env,
      CI: "true",
      NX_DAEMON: "false",
      NX_ISOLATE_PLUGINS: "false",
      NX_CACHE_DIRECTORY: join(folder, ".nx-cache"),
      IMAGEGATE_CACHE_DIR: join(folder, ".imagegate-cache"),
    },
  });
  if (status !== 0) throw new Error(`nx exited ${status} in ${folder}:\n${stdout}${stderr}`);
}
