import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { openProcessors, type ProcessorTimes } from "../../src/run/processors.ts";

/** What is said at each of these looks. */
function freeAt(looks: readonly ProcessorTimes[]): number[] {
  const left = [...looks];
  const { free } = openProcessors(() => left.shift() as ProcessorTimes);
  return looks.map(() => free());
}

test("free is what is idle, and what this process itself uses", () => {
  const answers = freeAt([
    { atMs: 1_000, idleMs: 70_000, ownMs: 500 },
    { atMs: 2_000, idleMs: 70_100, ownMs: 500 },
    { atMs: 3_000, idleMs: 70_200, ownMs: 900 },
    { atMs: 4_000, idleMs: 72_200, ownMs: 900 },
  ]);
  expect(answers).toEqual([Number.POSITIVE_INFINITY, 0.1, 0.5, 2]);
});

test("looks that lie close together are one", () => {
  const answers = freeAt([
    { atMs: 0, idleMs: 0, ownMs: 0 },
    { atMs: 199, idleMs: 0, ownMs: 0 },
    { atMs: 250, idleMs: 250, ownMs: 0 },
    { atMs: 300, idleMs: 250, ownMs: 0 },
    { atMs: 500, idleMs: 250, ownMs: 0 },
  ]);
  expect(answers).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 1, 1, 0]);
});

test("a system that does not say has time", () => {
  const answers = freeAt([
    { atMs: 0, idleMs: null, ownMs: 0 },
    { atMs: 1_000, idleMs: null, ownMs: 900 },
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
