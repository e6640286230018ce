import { expect, test } from "vitest";
import * as pins from "../src/index.ts";

test("the package's exports", () => {
  expect(Object.keys(pins).toSorted()).toEqual(["LIMITS", "exitOf", "fetchDigests", "verifyPins"]);
});
