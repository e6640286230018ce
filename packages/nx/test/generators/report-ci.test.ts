import { describe, expect, test } from "vitest";
import reportCiGenerator from "../../src/generators/report-ci.ts";
import { emptyTree, textOf } from "./tree.ts";

const WORKFLOWS = [".github/workflows/imagegate-report.yml", ".github/workflows/imagegate-comment.yml"];

describe("report-ci", () => {
  test("writes both workflows, for the Node of the workspace", () => {
    const tree = emptyTree();
    tree.write(".nvmrc", "22\n");
    reportCiGenerator(tree, {});
    for (const path of WORKFLOWS) expect(textOf(tree, path)).toContain("node-version-file: .nvmrc");
  });

  test("a second time changes nothing; other workflows are replaced only by force", () => {
    const tree = emptyTree();
    reportCiGenerator(tree, {});
    const first = WORKFLOWS.map((path) => textOf(tree, path));
    reportCiGenerator(tree, {});
    expect(WORKFLOWS.map((path) => textOf(tree, path))).toEqual(first);
    tree.write(WORKFLOWS[1] ?? "", "name: mine\n");
    expect(() => reportCiGenerator(tree, {})).toThrow("--force");
    reportCiGenerator(tree, { force: true });
    expect(WORKFLOWS.map((path) => textOf(tree, path))).toEqual(first);
  });

  test("refuses what it does not know", () => {
    expect(() => reportCiGenerator(emptyTree(), { froce: true })).toThrow();
  });
});
