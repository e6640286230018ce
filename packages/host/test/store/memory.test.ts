import { expect, test } from "vitest";
import { createMemory, RecentPaths, rememberDamaged, rememberPresent } from "../../src/store/memory.ts";

test("the path that was used longest ago is dropped", () => {
  const paths = new RecentPaths(2);
  paths.add("a");
  paths.add("b");
  expect(paths.has("a")).toBe(true);
  paths.add("c");
  expect([paths.has("a"), paths.has("b"), paths.has("c")]).toEqual([true, false, true]);
});

test("a path is whole or damaged, never both", () => {
  const memory = createMemory();
  rememberPresent(memory, "a");
  rememberDamaged(memory, "a");
  expect([memory.present.has("a"), memory.damaged.has("a")]).toEqual([false, true]);
  rememberPresent(memory, "a");
  expect([memory.present.has("a"), memory.damaged.has("a")]).toEqual([true, false]);
});
