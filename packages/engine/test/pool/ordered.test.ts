import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mapOrdered } from "../../src/pool/ordered.ts";

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

/** Resolves after some turns of the event loop. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function* slowly(items: readonly number[]) {
  for (const item of items) {
    await turns(1);
    yield item;
  }
}

describe("mapOrdered", () => {
  it("keeps the order, whoever is done first, and never has more than its limit under way", async () => {
    const delays = fc.array(fc.nat(5), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(delays, fc.integer({ min: 1, max: 6 }), async (items, limit) => {
        let running = 0;
        let most = 0;
        const work = async (delay: number): Promise<number> => {
          running += 1;
          most = Math.max(most, running);
          await turns(delay);
          running -= 1;
          return delay * 2;
        };
        expect(await collect(mapOrdered(items, limit, work))).toEqual(items.map((delay) => delay * 2));
        expect(most).toBeLessThanOrEqual(limit);
        expect(running).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it("does not begin what nobody has room for", async () => {
    let begun = 0;
    const results = mapOrdered([1, 2, 3, 4, 5, 6], 2, async (item) => {
      begun += 1;
      return item;
    });
    await results.next();
    expect(begun).toBe(2);
    await results.next();
    await turns(3);
    expect(begun).toBe(3);
    await results.return(undefined);
  });

  it("takes items as they come", async () => {
    expect(await collect(mapOrdered(slowly([3, 1, 2]), 2, async (item) => -item))).toEqual([-3, -1, -2]);
  });

  it("ends with the first failure in order, once everything under way has ended", async () => {
    let running = 0;
    const work = async (item: number): Promise<number> => {
      running += 1;
      await turns(item === 1 ? 1 : 5);
      running -= 1;
      if (item > 0) throw new Error(`item ${item}`);
      return item;
    };
    const seen: number[] = [];
    const all = async (): Promise<void> => {
      for await (const value of mapOrdered([0, 2, 1, 3], 4, work)) seen.push(value);
    };
    await expect(all()).rejects.toThrow("item 2");
    expect(seen).toEqual([0]);
    expect(running).toBe(0);
  });

  it("waits for what is under way when it is left early", async () => {
    let running = 0;
    for await (const value of mapOrdered([1, 2, 3], 3, async (item) => {
      running += 1;
      await turns(item);
      running -= 1;
      return item;
    })) {
      expect(value).toBe(1);
      break;
    }
    expect(running).toBe(0);
  });

  it("gives nothing for nothing", async () => {
    expect(await collect(mapOrdered([], 1, async () => 1))).toEqual([]);
  });
});
