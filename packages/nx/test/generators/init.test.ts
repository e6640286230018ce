import { readNxJson, updateNxJson } from "@nx/devkit";
import { describe, expect, test } from "vitest";
import initGenerator from "../../src/generators/init.ts";
import { emptyTree, textOf } from "./tree.ts";

const FILES = ["nx.json", ".gitignore", ".gitattributes"];

describe("init", () => {
  test("adds the plugin, the output and the records", async () => {
    const tree = emptyTree();
    tree.write(".gitignore", "node_modules");
    await initGenerator(tree, { skipFormat: true });
    expect(readNxJson(tree)?.plugins).toEqual([{ plugin: "@imagegate/nx", options: {} }]);
    expect(textOf(tree, ".gitignore")).toBe("node_modules\ndist/\n");
    expect(textOf(tree, ".gitattributes")).toBe("checksums/** text eol=lf -merge\n");
  });

  test("records that were told apart from text only are no longer merged by lines", async () => {
    const tree = emptyTree();
    tree.write(".gitattributes", "checksums/** text eol=lf\n");
    await initGenerator(tree, { skipFormat: true });
    expect(textOf(tree, ".gitattributes")).toMatch(/^checksums\/\*\* text eol=lf -merge$/m);
  });

  test("a second time changes nothing", async () => {
    const tree = emptyTree();
    await initGenerator(tree, { skipFormat: true });
    const first = FILES.map((file) => textOf(tree, file));
    await initGenerator(tree, { skipFormat: true });
    expect(FILES.map((file) => textOf(tree, file))).toEqual(first);
  });

  test.each([{ plugin: "@imagegate/nx", options: { concurrency: 2 } }, "@imagegate/nx"])(
    "leaves a plugin that is listed as %j",
    async (entry) => {
      const tree = emptyTree();
      updateNxJson(tree, { plugins: ["other", entry] });
      await initGenerator(tree, { skipFormat: true });
      expect(readNxJson(tree)?.plugins).toEqual(["other", entry]);
    },
  );

  test.each(["dist", "/dist/", "dist/"])("takes %j for what it is", async (line) => {
    const tree = emptyTree();
    tree.write(".gitignore", `${line}\r\n`);
    await initGenerator(tree, { skipFormat: true });
    expect(textOf(tree, ".gitignore")).toBe(`${line}\r\n`);
  });
});
