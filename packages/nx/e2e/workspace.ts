import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProcess, type Argv } from "@imagegate/host";

/** This repository. */
export const REPOSITORY = fileURLToPath(new URL("../../..", import.meta.url));

const PACKAGES = ["core", "host", "engine", "forge", "pins", "images", "cli", "nx"];
const TIMEOUT_MS = 180_000;

/** What a command of a workspace came to. */
export interface CommandResult {
  readonly code: number;
  /** Both streams, stdout first. */
  readonly output: string;
}

/** What became of a task: whether it ran, and its exit code. */
export interface TaskResult {
  readonly ran: boolean;
  readonly status: number;
}

/** What an Nx command came to; without a run of tasks `tasks` is empty. */
export interface NxResult extends CommandResult {
  readonly tasks: Readonly<Record<string, TaskResult>>;
}

/** A workspace in a temporary folder with a private Nx cache. */
export interface Workspace {
  readonly root: string;
  run(argv: Argv): Promise<CommandResult>;
  nx(...args: string[]): Promise<NxResult>;
  read(path: string): string;
  write(path: string, text: string): void;
  commit(message: string): Promise<void>;
  remove(): void;
}

/** A fresh folder below the system's one for temporary files. */
export function temporaryFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), "imagegate-e2e-")));
}

/** Opens a workspace in a folder that exists. */
export function openWorkspace(root: string): Workspace {
  const cache = `${root}-cache`;
  const env = {
    NX_DAEMON: "false",
    NX_ISOLATE_PLUGINS: "false",
    NX_CACHE_DIRECTORY: join(cache, "nx"),
    NX_WORKSPACE_DATA_DIRECTORY: join(cache, "nx-data"),
    IMAGEGATE_CACHE_DIR: join(cache, "imagegate"),
    CI: "true",
    NO_COLOR: "1",
  };
  const run = async (argv: Argv): Promise<CommandResult> => {
    const outcome = await runProcess(argv, { cwd: root, env, timeoutMs: TIMEOUT_MS });
    if (outcome.kind !== "exited") throw new Error(`${argv.join(" ")}: ${outcome.kind}`);
    return {
      code: outcome.exitCode,
      output: `${Buffer.from(outcome.stdout).toString("utf8")}${outcome.stderr}`,
    };
  };
  const git = async (...args: string[]): Promise<void> => {
    const { code, output } = await run([
      "git",
      "-c",
      "user.name=e2e",
      "-c",
      "user.email=e2e@example.org",
      ...args,
    ]);
    if (code !== 0) throw new Error(output);
  };
  return {
    root,
    run,
    nx: async (...args) => {
      const log = join(env.NX_CACHE_DIRECTORY, "run.json");
      rmSync(log, { force: true });
      const result = await run(["node", join(root, "node_modules/nx/dist/bin/nx.js"), ...args]);
      return { ...result, tasks: readTasks(log) };
    },
    read: (path) => readFileSync(join(root, path), "utf8"),
    write: (path, text) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    commit: async (message) => {
      await git("add", "--all");
      await git("commit", "--quiet", "--allow-empty", "--message", message);
    },
    remove: () => {
      for (const folder of [root, cache]) rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface RunLog {
  readonly tasks: readonly {
    readonly taskId: string;
    readonly cacheStatus: string;
    readonly status: number;
  }[];
}

function readTasks(path: string): Readonly<Record<string, TaskResult>> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return {};
  }
  const { tasks } = JSON.parse(text) as RunLog;
  return Object.fromEntries(
    tasks.map(({ taskId, cacheStatus, status }) => [taskId, { ran: cacheStatus === "cache-miss", status }]),
  );
}

/** Packs all packages as npm would publish them; file names by package folder. */
export async function packPackages(target: string): Promise<Readonly<Record<string, string>>> {
  const packed: Record<string, string> = {};
  for (const name of PACKAGES) packed[name] = await packFolder(join(REPOSITORY, "packages", name), target);
  return packed;
}

/** Packs one folder, with another version if one is given. */
export async function packFolder(folder: string, target: string, version?: string): Promise<string> {
  const copy = temporaryFolder();
  try {
    const source = version === undefined ? folder : copyWithVersion(folder, join(copy, "package"), version);
    return join(target, await packSource(source, target));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

async function packSource(source: string, target: string): Promise<string> {
  const argv: Argv = ["npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", target];
  const outcome = await runProcess(argv, { cwd: source, timeoutMs: TIMEOUT_MS });
  if (outcome.kind !== "exited" || outcome.exitCode !== 0) {
    throw new Error(`npm pack: ${JSON.stringify(outcome)}`);
  }
  const names = Buffer.from(outcome.stdout).toString("utf8").trim().split("\n");
  return names.at(-1) ?? "";
}

function copyWithVersion(folder: string, copy: string, version: string): string {
  cpSync(folder, copy, { recursive: true });
  const path = join(copy, "package.json");
  writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, "utf8")) as object), version }));
  return copy;
}

/** A fresh Nx workspace, in git, with the packed packages installed from the registry that npm is set up with. */
export async function installWorkspace(packed: Readonly<Record<string, string>>): Promise<Workspace> {
  const workspace = openWorkspace(temporaryFolder());
  const ours = Object.fromEntries(
    Object.entries(packed).map(([name, file]) => [npmName(name), `file:${file}`]),
  );
  workspace.write(
    "package.json",
    JSON.stringify({
      name: "elsewhere",
      private: true,
      workspaces: ["libs/*"],
      devDependencies: { nx: "24.0.6", "@nx/devkit": "24.0.0", ...ours },
    }),
  );
  workspace.write("nx.json", JSON.stringify({ analytics: false, defaultBase: "main" }));
  workspace.write(".gitignore", "node_modules/\n.nx/\n");
  await workspace.run(["git", "init", "--quiet", "--initial-branch", "main"]);
  await install(workspace);
  await workspace.commit("an empty workspace");
  return workspace;
}

/** Installs what `package.json` says. */
export async function install(workspace: Workspace): Promise<void> {
  const { code, output } = await workspace.run([
    "npm",
    "install",
    "--no-audit",
    "--no-fund",
    "--prefer-offline",
  ]);
  if (code !== 0) throw new Error(output);
}

/** The npm name of a package's folder. */
export function npmName(folder: string): string {
  return folder === "cli" ? "imagegate" : `@imagegate/${folder}`;
}
