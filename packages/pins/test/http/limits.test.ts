import { expect, test } from "vitest";
import { LIMITS, limitsOf } from "../../src/http/limits.ts";

test("what is not named is as usual", () => {
  expect(limitsOf({})).toEqual(LIMITS);
  expect(limitsOf({ maxRedirects: 1 })).toEqual({ ...LIMITS, maxRedirects: 1 });
});

test("no time is longer than a timer takes", () => {
  const monthMs = 30 * 24 * 60 * 60 * 1000;
  expect(limitsOf({ runTimeoutMs: monthMs, transferTimeoutMs: Infinity, maxBytes: 2 ** 40 })).toMatchObject({
    runTimeoutMs: 2 ** 31 - 1,
    transferTimeoutMs: 2 ** 31 - 1,
    maxBytes: 2 ** 40,
  });
});
