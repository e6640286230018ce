import { updateNxJson } from "@nx/devkit";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import ciGenerator from "../../src/generators/ci.ts";
import { emptyTree, textOf } from "./tree.ts";

const WORKFLOW = ".github/workflows/imagegate.yml";

describe("ci", () => {
  test("writes a workflow that may only read", () => {
    const tree = emptyTree();
    ciGenerator(tree, {});
    expect(parse(textOf(tree, WORKFLOW))).toMatchObject({
      on: { pull_request: null, push: { branches: ["main"] } },
      permissions: { contents: "read" },
    });
  });

  test("keeps its caches out of the workspace's files", () => {
    const tree = emptyTree();
    tree.write(".gitignore", ".nx/cache\n");
    ciGenerator(tree, {});
    ciGenerator(tree, {});
    expect(textOf(tree, ".gitignore")).toBe(".nx/cache\n.nx/\n");
  });

  test("takes branch, target and Node from the workspace", () => {
    const tree = emptyTree();
    const plugin = { plugin: "@imagegate/nx", options: { checkTargetName: "gate" } };
    updateNxJson(tree, { defaultBase: "trunk", plugins: [plugin] });
    tree.write(".nvmrc", "22\n");
    ciGenerator(tree, {});
    const text = textOf(tree, WORKFLOW);
    expect(text).toContain('branches: ["trunk"]');
    expect(text).toContain("nx affected -t gate ");
    expect(text).toContain("node-version-file: .nvmrc");
  });

  test("a second time changes nothing; another workflow is replaced only by force", () => {
    const tree = emptyTree();
    ciGenerator(tree, {});
    const first = textOf(tree, WORKFLOW);
    ciGenerator(tree, {});
    expect(textOf(tree, WORKFLOW)).toBe(first);
    tree.write(WORKFLOW, "name: mine\n");
    expect(() => ciGenerator(tree, {})).toThrow("--force");
    ciGenerator(tree, { force: true });
    expect(textOf(tree, WORKFLOW)).toBe(first);
  });

  test.each([{ branch: "main]\n" }, { branchs: "main" }])("refuses %j", (options) => {
    expect(() => ciGenerator(emptyTree(), options)).toThrow();
  });
});
