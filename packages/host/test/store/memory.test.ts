import { expect, test } from "vitest";
import { createMemory, RecentPaths, rememberDamaged, rememberPresent } from "../../src/store/memory.ts";

test("what was not used for a generation is forgotten, what was used stays", () => {
  const paths = new RecentPaths(4);
  for (const path of ["a", "b", "c"]) paths.add(path);
  expect(paths.has("a")).toBe(true);
  paths.add("d");
  expect(["a", "b", "c", "d"].map((path) => paths.has(path))).toEqual([true, false, true, true]);
  paths.delete("a");
  expect(paths.has("a")).toBe(false);
});

test("never more than its capacity", () => {
  const paths = new RecentPaths(10);
  const names = Array.from({ length: 100 }, (_, n) => `path ${n}`);
  for (const name of names) paths.add(name);
  const kept = names.filter((name) => paths.has(name)).length;
  expect(kept).toBeGreaterThanOrEqual(5);
  expect(kept).toBeLessThanOrEqual(10);
});

test("a path is whole or damaged, never both", () => {
  const memory = createMemory();
  rememberPresent(memory, "a");
  rememberDamaged(memory, "a");
  expect([memory.present.has("a"), memory.damaged.has("a")]).toEqual([false, true]);
  rememberPresent(memory, "a");
  expect([memory.present.has("a"), memory.damaged.has("a")]).toEqual([true, false]);
});
