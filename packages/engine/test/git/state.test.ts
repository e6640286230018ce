import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { findOperation, isDirty } from "../../src/git/state.ts";
import { orThrow } from "../workspace.ts";
import { makeRepository } from "./repository.ts";

it.each([
  ["rebase-merge/head-name", "rebase"],
  ["rebase-apply/next", "rebase"],
  ["rebase-apply/applying", "am"],
  ["MERGE_HEAD", "merge"],
  ["CHERRY_PICK_HEAD", "cherry-pick"],
  ["REVERT_HEAD", "revert"],
  ["BISECT_LOG", "bisect"],
])("%s is git in the middle of a %s", async (path, operation) => {
  const { root, commit } = await makeRepository();
  await commit("one");
  expect(orThrow(await findOperation(root))).toBe(null);
  const file = join(root, ".git", path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "");
  expect(orThrow(await findOperation(root))).toBe(operation);
});

it("a checkout is dirty by changes, and by untracked files where those count", async () => {
  const { root, write, commit } = await makeRepository();
  write("file", "one");
  write(".gitignore", "ignored\n");
  await commit("one");
  write("ignored", "");
  expect(orThrow(await isDirty(root, "all"))).toBe(false);
  write("untracked", "");
  expect(orThrow(await isDirty(root, "tracked"))).toBe(false);
  expect(orThrow(await isDirty(root, "all"))).toBe(true);
  write("file", "two");
  expect(orThrow(await isDirty(root, "tracked"))).toBe(true);
});
