import { expect, it } from "vitest";
import { rewriteCommit, writeBlobs, writeTree } from "../../src/git/objects.ts";
import { orThrow } from "../workspace.ts";
import { makeRepository } from "./repository.ts";

it("a tree is another but for its edits, and the user's index is not asked", async () => {
  const { root, write, commit, git } = await makeRepository();
  for (const path of ["keep", "deep/change", "deep/gone"]) write(path, "1");
  await commit("one");
  write("keep", "staged");
  await git("add", "keep");
  const [two = "", three = ""] = orThrow(await writeBlobs(root, ["2\n", "3\r\n"]));
  const edits = [
    { path: "deep/change", object: two },
    { path: "deep/gone", object: null },
    { path: "new/file", object: three },
  ];
  const tree = orThrow(await writeTree(root, await git("rev-parse", "HEAD^{tree}"), edits));
  expect((await git("ls-tree", "-r", "--name-only", tree)).split("\n")).toEqual([
    "deep/change",
    "keep",
    "new/file",
  ]);
  expect(await git("cat-file", "blob", `${tree}:keep`)).toBe("1");
  expect(await git("cat-file", "-s", three)).toBe("3");
  expect(await git("status", "--porcelain")).toBe("M  keep");
});

it("a commit keeps its words, whatever they are encoded in, and loses what vouched for it", async () => {
  const { root, write, commit, git } = await makeRepository();
  write("file", "1");
  const parent = await commit("parent");
  const tree = await git("rev-parse", "HEAD^{tree}");
  const person = "A <a@example.org> 1767225600 +0200";
  const signature = "gpgsig -----BEGIN SIGNATURE-----\n \n abc\n -----END SIGNATURE-----";
  const text = `tree ${tree}\nauthor ${person}\ncommitter ${person}\n${signature}\nencoding latin1\n\nsub\xe9ct\n\nbody\n`;
  write("raw", "");
  const { writeFileSync } = await import("node:fs");
  writeFileSync(`${root}/raw`, Buffer.from(text, "latin1"));
  const signed = await git("hash-object", "-t", "commit", "-w", "raw");
  const made = orThrow(await rewriteCommit(root, signed, { tree, parents: [parent] }));
  expect((await git("cat-file", "commit", made)).split("\n").slice(0, 5)).toEqual([
    `tree ${tree}`,
    `parent ${parent}`,
    `author ${person}`,
    `committer ${person}`,
    "encoding latin1",
  ]);
  expect(await git("log", "-1", "--format=%s|%b", "--encoding=UTF-8", made)).toBe("subéct|body");
});
