import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { mapAsCompleted } from "../../src/executors/completion.ts";

async function collect<T>(results: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const result of results) all.push(result);
  return all;
}

test("yields results as they come", async () => {
  const ends = new Map<string, () => void>();
  const results = mapAsCompleted(["a", "b", "c"], 3, async (item) => {
    await new Promise<void>((resolve) => ends.set(item, resolve));
    return item;
  });
  for (const item of ["c", "a", "b"]) {
    const next = results.next();
    ends.get(item)?.();
    expect(await next).toEqual({ done: false, value: item });
  }
  expect(await results.next()).toEqual({ done: true, value: undefined });
});

test("never runs more than its limit at once, and forgets none", async () => {
  let running = 0;
  let most = 0;
  const items = Array.from({ length: 20 }, (_, index) => index);
  const results = await collect(
    mapAsCompleted(items, 3, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await sleep(item % 3);
      running -= 1;
      return item;
    }),
  );
  expect(most).toBe(3);
  expect(results.sort((left, right) => left - right)).toEqual(items);
});

test("nothing to do is nothing", async () => {
  expect(await collect(mapAsCompleted([], 2, async () => 1))).toEqual([]);
});
