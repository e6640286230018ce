import { execFileSync } from "node:child_process";
import type { Tree } from "@nx/devkit";
import { FsTree } from "nx/src/generators/tree.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import pinsCiGenerator from "../../src/generators/pins-ci.ts";
import { PINS_WORKFLOW } from "../../src/generators/pins-workflow.ts";
import { folderWith } from "../temporary.ts";
import { emptyTree, textOf } from "./tree.ts";

const MODULE = { generator: { kind: "module", entry: "./images.ts" }, inputs: { files: ["kernels/*.json"] } };

function treeWith(files: Readonly<Record<string, unknown>>): Tree {
  const tree = emptyTree();
  for (const [path, content] of Object.entries(files)) {
    tree.write(path, typeof content === "string" ? content : JSON.stringify(content));
  }
  return tree;
}

async function pathsOf(tree: Tree, given: object = {}): Promise<readonly string[]> {
  await pinsCiGenerator(tree, given);
  const { on } = parse(textOf(tree, PINS_WORKFLOW)) as { on: { push: { paths: readonly string[] } } };
  return on.push.paths.slice(2);
}

describe("pins-ci", () => {
  test("limits pushes to what pins something: pins files, what they read, and families that ask for it", async () => {
    const sources = [
      { kind: "documents", include: ["templates/*.yaml"], pattern: {} },
      { kind: "osbuild", include: ["made/{a,b}/*.json", "x[1]/y.json"] },
    ];
    const tree = treeWith({
      "smoke/a.pins.json": { sources },
      "manifests/fedora/imagegate.json": { ...MODULE, pins: {} },
      "manifests/silent/imagegate.json": { ...MODULE, inputs: { files: ["silent/*"] } },
      "node_modules/x/b.pins.json": {},
    });
    expect(await pathsOf(tree)).toEqual(
      [
        "kernels/*.json",
        "manifests/fedora/**",
        "smoke/a.pins.json",
        "smoke/made/**",
        "smoke/templates/*.yaml",
        "smoke/**",
      ].toSorted(),
    );
  });

  test("takes all of a program's folder, or the paths that somebody gives", async () => {
    const files = { "a.pins.json": { sources: [{ kind: "program", argv: ["make"] }] } };
    expect(await pathsOf(treeWith(files))).toEqual(["**/*", "a.pins.json"]);
    expect(await pathsOf(treeWith(files), { paths: ["smoke/**"] })).toEqual(["smoke/**"]);
  });

  test("names the target as the plugin's options do", async () => {
    const tree = treeWith({ "a.pins.json": {} });
    const plugins = [{ plugin: "@imagegate/nx", options: { generateTargetName: "build" } }];
    tree.write("nx.json", JSON.stringify({ plugins }));
    await pinsCiGenerator(tree, { sarif: true });
    expect(textOf(tree, PINS_WORKFLOW)).toContain("nx run-many -t build --projects");
    expect(textOf(tree, PINS_WORKFLOW)).toContain("upload-sarif");
  });

  test("a second time changes nothing; another workflow is replaced only by force", async () => {
    const tree = treeWith({ "a.pins.json": {} });
    await pinsCiGenerator(tree, {});
    const first = textOf(tree, PINS_WORKFLOW);
    await pinsCiGenerator(tree, {});
    expect(textOf(tree, PINS_WORKFLOW)).toBe(first);
    tree.write(PINS_WORKFLOW, "name: mine\n");
    await expect(pinsCiGenerator(tree, {})).rejects.toThrow("--force");
    await pinsCiGenerator(tree, { force: true });
    expect(textOf(tree, PINS_WORKFLOW)).toBe(first);
  });

  test("writes no workflow that would verify nothing, and none past a configuration that it cannot read", async () => {
    await expect(pinsCiGenerator(emptyTree(), {})).rejects.toThrow("nothing is pinned here");
    const broken = treeWith({ "a.pins.json": {}, "fedora/imagegate.json": "{" });
    await expect(pinsCiGenerator(broken, {})).rejects.toThrow("fedora/imagegate.json cannot be read");
  });

  test("takes the files that git tracks or does not ignore, and what is generated with it", async () => {
    const ending = { pins: [] };
    const root = folderWith({
      ".gitignore": "made/\n",
      "sub/.gitignore": "local.pins.json\n",
      "a.pins.json": ending,
      "made/m.pins.json": ending,
      "made/tracked.pins.json": ending,
      "sub/local.pins.json": ending,
      "sub/b.pins.json": ending,
    });
    const git = (...args: readonly string[]) => execFileSync("git", ["-C", root, ...args]);
    git("init", "--quiet");
    git("add", "--force", "made/tracked.pins.json");
    const tree = new FsTree(root, false);
    tree.write("new.pins.json", "{}");
    expect(await pathsOf(tree)).toEqual([
      "a.pins.json",
      "made/tracked.pins.json",
      "new.pins.json",
      "sub/b.pins.json",
    ]);
  });

  test("refuses what it does not know", async () => {
    for (const given of [{ froce: true }, { paths: ["/abs"] }, { paths: ["a b"] }]) {
      await expect(pinsCiGenerator(treeWith({ "a.pins.json": {} }), given)).rejects.toThrow();
    }
  });
});
