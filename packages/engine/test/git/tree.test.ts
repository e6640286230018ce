import { join } from "node:path";
import { expect, it } from "vitest";
import { listTree, readObjects } from "../../src/git/tree.ts";
import { failureOf, orThrow } from "../workspace.ts";
import { makeRepository } from "./repository.ts";

it("lists files of a commit below a folder, whatever they are called, and reads them", async () => {
  const { root, write, commit } = await makeRepository();
  const texts = { "a b": "1\n", "ü\nx": "", "x/y": "\0two\nlines" };
  for (const [path, text] of Object.entries(texts)) write(`below/${path}`, text);
  write("beside", "");
  const head = await commit("one");
  const files = orThrow(await listTree(join(root, "below"), head));
  expect(files.map(({ path, mode }) => [path, mode])).toEqual([
    ["a b", "100644"],
    ["x/y", "100644"],
    ["ü\nx", "100644"],
  ]);
  const objects = files.map(({ object }) => object);
  const read = orThrow(await readObjects(root, objects));
  expect(read.map(String)).toEqual(["1\n", "\0two\nlines", ""]);
  const below = orThrow(await listTree(root, head, { below: ["below/x"] }));
  expect(below.map(({ path }) => path)).toEqual(["below/x/y"]);
});

it("reads nothing of nothing, and names an object that is not there", async () => {
  const { root, write, commit } = await makeRepository();
  write("file", "one");
  const [file] = orThrow(await listTree(root, await commit("one")));
  expect(orThrow(await readObjects(root, []))).toEqual([]);
  const object = "0123456789".repeat(4);
  expect(failureOf(await readObjects(root, [file?.object ?? "", object]))).toEqual({
    reason: "object-missing",
    object,
  });
});
