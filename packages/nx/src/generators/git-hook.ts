import { join, relative, resolve, sep } from "node:path";
import { detectPackageManager, getPackageManagerCommand, readJson, type Tree } from "@nx/devkit";
import { runProcess } from "@imagegate/host";
import * as z from "zod";
import { addToLefthook, addToShellHook } from "./hook-text.ts";
import { checkTargetName } from "./target-name.ts";

const hookOptions = z.strictObject({
  tool: z.enum(["auto", "lefthook", "husky", "git"]).default("auto"),
});

type HookTool = "lefthook" | "husky" | "git";

const LEFTHOOK_FILES = ["lefthook.yml", ".lefthook.yml", "lefthook.yaml", ".lefthook.yaml"];
const LEFTHOOK_OTHER_FILES = ["lefthook.json", "lefthook.toml", ".lefthook.json", ".lefthook.toml"];
const EXECUTABLE = 0o755;

/** Adds the check to the pre-commit hook of whatever runs hooks here; what stands there stays. */
export default async function gitHookGenerator(tree: Tree, given: unknown): Promise<void> {
  const { tool } = hookOptions.parse(given ?? {});
  const { exec } = getPackageManagerCommand(detectPackageManager(tree.root));
  const command = `${exec} nx affected -t ${checkTargetName(tree)} --uncommitted`;
  switch (tool === "auto" ? detectTool(tree) : tool) {
    case "lefthook":
      return writeLefthook(tree, command);
    case "husky":
      return writeShellHook(tree, ".husky/pre-commit", command);
    case "git":
      return writeShellHook(tree, `${await hooksFolder(tree.root)}/pre-commit`, command);
  }
}

function detectTool(tree: Tree): HookTool {
  const lefthook = [...LEFTHOOK_FILES, ...LEFTHOOK_OTHER_FILES];
  if (lefthook.some((file) => tree.exists(file)) || hasDependency(tree, "lefthook")) return "lefthook";
  if (tree.exists(".husky") || hasDependency(tree, "husky")) return "husky";
  return "git";
}

function hasDependency(tree: Tree, name: string): boolean {
  if (!tree.exists("package.json")) return false;
  const { dependencies = {}, devDependencies = {} } = readJson<{
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  }>(tree, "package.json");
  return Object.hasOwn({ ...dependencies, ...devDependencies }, name);
}

function writeLefthook(tree: Tree, command: string): void {
  const other = LEFTHOOK_OTHER_FILES.find((file) => tree.exists(file));
  if (other !== undefined)
    throw new Error(`${other} is not YAML; add to its pre-commit commands: ${command}`);
  const path = LEFTHOOK_FILES.find((file) => tree.exists(file)) ?? "lefthook.yml";
  tree.write(path, addToLefthook(tree.read(path, "utf8") ?? "", command));
}

function writeShellHook(tree: Tree, path: string, command: string): void {
  tree.write(path, addToShellHook(tree.read(path, "utf8"), command), { mode: EXECUTABLE });
}

/** Where git looks for hooks, relative to the workspace; `core.hooksPath` and worktrees are git's own business. */
async function hooksFolder(root: string): Promise<string> {
  const outcome = await runProcess(["git", "rev-parse", "--git-path", "hooks"], {
    cwd: root,
    timeoutMs: 10_000,
  });
  if (outcome.kind !== "exited" || outcome.exitCode !== 0) {
    throw new Error(`${root} is no git repository: run git init, or choose --tool lefthook or husky`);
  }
  const folder = relative(root, resolve(root, Buffer.from(outcome.stdout).toString("utf8").trim()));
  if (folder === ".." || folder.startsWith(`..${sep}`)) {
    throw new Error(
      `git keeps its hooks outside this workspace, in ${join(root, folder)}; add the check there by hand`,
    );
  }
  return folder.split(sep).join("/");
}
