import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { mapAsCompleted } from "../../src/executors/completion.ts";

async function collect<T>(results: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const result of results) all.push(result);
  return all;
}

async function sleepFor(ms: number): Promise<number> {
  await sleep(ms);
  return ms;
}

test("yields results as they come", async () => {
  expect(await collect(mapAsCompleted([60, 20, 1], 3, sleepFor))).toEqual([1, 20, 60]);
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
