import { basename, dirname } from "node:path";
import { expect, test } from "vitest";
import { isTemporaryName, temporaryPath } from "../../src/files/temporary.ts";

test("temporary paths are unique, beside the file, and known by their names", () => {
  const first = temporaryPath("/a/b/file");
  expect(dirname(first)).toBe("/a/b");
  expect(isTemporaryName(basename(first))).toBe(true);
  expect(temporaryPath("/a/b/file")).not.toBe(first);
  expect(isTemporaryName("file.tmp")).toBe(false);
});
