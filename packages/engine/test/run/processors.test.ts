import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { openProcessors, type ProcessorTimes } from "../../src/run/processors.ts";

type Look = readonly [atMs: number, idleMs: number | null, ownMs: number];

/** What is said at each of these times, and how often the machine was looked at for it. */
function freeAt(looks: readonly Look[]): { readonly answers: readonly number[]; readonly looked: number } {
  let at = 0;
  let looked = 0;
  const look = (): ProcessorTimes => {
    looked += 1;
    const [, idleMs, ownMs] = looks[at] as Look;
    return { idleMs, ownMs };
  };
  const { free } = openProcessors(look, () => (looks[at] as Look)[0]);
  const answers = looks.map((_, next) => {
    at = next;
    return free();
  });
  return { answers, looked };
}

test("free is what is idle, and what this process itself uses", () => {
  const { answers } = freeAt([
    [1_000, 70_000, 500],
    [2_000, 70_100, 500],
    [3_000, 70_200, 900],
    [4_000, 72_200, 900],
  ]);
  expect(answers).toEqual([Number.POSITIVE_INFINITY, 0.1, 0.5, 2]);
});

test("looks that lie close together are one", () => {
  const { answers, looked } = freeAt([
    [0, 0, 0],
    [199, 0, 0],
    [250, 250, 0],
    [300, 250, 0],
    [500, 250, 0],
  ]);
  expect(answers).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 1, 1, 0]);
  expect(looked).toBe(3);
});

test("a system that does not say has time", () => {
  const { answers } = freeAt([
    [0, null, 0],
    [1_000, null, 900],
  ]);
  expect(answers).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
});

test("this machine has as many processors as it has", async () => {
  const { free } = openProcessors();
  expect(free()).toBe(Number.POSITIVE_INFINITY);
  await sleep(300);
  const found = free();
  expect(found).toBeGreaterThanOrEqual(0);
  // A tick that is counted late may be more than there was time for.
  expect(found).toBeLessThanOrEqual(cpus().length * 1.5);
});
