import { expect, test } from "vitest";
import { parseProcessStat } from "../../src/process/stat.ts";

test("a name that looks like more fields does not shift them", () => {
  const rest = "S 1 77 77 0 -1 4194304 1 0 0 0 0 0 0 0 20 0 1 0 4242 0 0";
  const expected = { state: "S", group: 77, start: "4242" };
  expect(parseProcessStat(`12 (node) ${rest}`)).toEqual(expected);
  expect(parseProcessStat(`12 (a) Z 9 (b)) ${rest}`)).toEqual(expected);
});

test("less than the fields needed is nothing", () => {
  expect(parseProcessStat("12 (node) S 1 77")).toBeUndefined();
  expect(parseProcessStat("")).toBeUndefined();
});
