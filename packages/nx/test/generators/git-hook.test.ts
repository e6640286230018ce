import type { Tree } from "@nx/devkit";
import { runProcess } from "@imagegate/host";
import { describe, expect, test } from "vitest";
import gitHookGenerator from "../../src/generators/git-hook.ts";
import { folderWith } from "../temporary.ts";
import { emptyTree, textOf } from "./tree.ts";

const CHECK = "npx nx affected -t check --uncommitted";

async function treeInRepository(files: Readonly<Record<string, unknown>> = {}): Promise<Tree> {
  const root = folderWith(files);
  await runProcess(["git", "init", "--quiet", root]);
  return Object.assign(emptyTree(), { root });
}

function modeOf(tree: Tree, path: string): unknown {
  return tree.listChanges().find((change) => change.path === path)?.options?.mode;
}

describe("git-hook", () => {
  test("writes a hook of plain git that can be run", async () => {
    const tree = await treeInRepository();
    await gitHookGenerator(tree, {});
    expect(textOf(tree, ".git/hooks/pre-commit")).toContain(CHECK);
    expect(modeOf(tree, ".git/hooks/pre-commit")).toBe(0o755);
  });

  test("adds to the hook that stands there", async () => {
    const tree = await treeInRepository();
    tree.write(".git/hooks/pre-commit", "#!/bin/sh\nnpm test\n");
    await gitHookGenerator(tree, { tool: "git" });
    const text = textOf(tree, ".git/hooks/pre-commit");
    expect(text).toContain("npm test");
    await gitHookGenerator(tree, { tool: "git" });
    expect(textOf(tree, ".git/hooks/pre-commit")).toBe(text);
  });

  test("follows core.hooksPath, but not out of the workspace", async () => {
    const tree = await treeInRepository();
    await runProcess(["git", "-C", tree.root, "config", "core.hooksPath", ".hooks"]);
    await gitHookGenerator(tree, {});
    expect(textOf(tree, ".hooks/pre-commit")).toContain(CHECK);
    await runProcess(["git", "-C", tree.root, "config", "core.hooksPath", "/elsewhere/hooks"]);
    await expect(gitHookGenerator(tree, {})).rejects.toThrow("outside this workspace");
  });

  test.each([
    ["husky's folder", { ".husky/pre-commit": "npm test\n" }],
    ["husky among the dependencies", { "package.json": { devDependencies: { husky: "9" } } }],
  ])("finds %s", async (_what, files) => {
    const tree = await treeInRepository(files);
    tree.delete("package.json");
    if ("package.json" in files) tree.write("package.json", JSON.stringify(files["package.json"]));
    await gitHookGenerator(tree, {});
    expect(textOf(tree, ".husky/pre-commit")).toContain(CHECK);
  });

  test("finds lefthook before husky, in the file that it has", async () => {
    const tree = await treeInRepository({ ".lefthook.yaml": "pre-push: {}\n", ".husky/pre-commit": "" });
    await gitHookGenerator(tree, {});
    expect(textOf(tree, ".lefthook.yaml")).toContain(`run: ${CHECK}`);
    expect(textOf(tree, ".husky/pre-commit")).toBe("");
  });

  test("says what to add to a lefthook configuration in another language", async () => {
    const tree = await treeInRepository({ "lefthook.toml": "" });
    await expect(gitHookGenerator(tree, {})).rejects.toThrow(CHECK);
  });

  test("without git there is no hook", async () => {
    const tree = Object.assign(emptyTree(), { root: folderWith({}) });
    await expect(gitHookGenerator(tree, { tool: "git" })).rejects.toThrow("no git repository");
  });

  test("refuses a tool that it does not know", async () => {
    await expect(gitHookGenerator(emptyTree(), { tool: "overcommit" })).rejects.toThrow();
  });
});
