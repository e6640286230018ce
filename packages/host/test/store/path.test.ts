import { join } from "node:path";
import envPaths from "env-paths";
import { expect, test } from "vitest";
import { entryPath, isStoreKey, storeRoot } from "../../src/store/path.ts";

test("the root is the configured folder or the user's cache", () => {
  const usual = envPaths("imagegate", { suffix: "" }).cache;
  expect(storeRoot({ IMAGEGATE_CACHE_DIR: "/somewhere/else" })).toBe("/somewhere/else");
  expect(storeRoot({ IMAGEGATE_CACHE_DIR: "cache" })).toBe(join(process.cwd(), "cache"));
  expect(storeRoot({ IMAGEGATE_CACHE_DIR: "" })).toBe(usual);
  expect(storeRoot({})).toBe(usual);
});

test("an entry's place", () => {
  const key = "ab".repeat(32);
  expect(entryPath("/c", "blob", key)).toBe(`/c/v1/blob/ab/${key}`);
});

test.each(["", "../../etc/passwd", "AB".repeat(32), "a".repeat(39), "a".repeat(129), `${"a".repeat(64)}\n`])(
  "%j is no key",
  (key) => {
    expect(isStoreKey(key)).toBe(false);
    expect(() => entryPath("/c", "blob", key)).toThrow(RangeError);
  },
);
