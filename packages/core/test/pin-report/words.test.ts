import { expect, it } from "vitest";
import { describePinPlace } from "../../src/pin-report/place.ts";
import { describePinPlaces, describeUnneeded, pinFacts } from "../../src/pin-report/words.ts";
import { pinResult } from "./sample-pin-report.ts";

it.each([
  [{ path: "a", pointer: "/b", line: 3 }, "a:3 (/b)"],
  [{ path: "a", pointer: null, line: 3 }, "a:3"],
  [{ path: "a", pointer: "", line: null }, "a (the whole document)"],
  [{ path: "a", pointer: null, line: null }, "a"],
])("a place is told as a reader looks it up: %j", (place, text) => {
  expect(describePinPlace(place)).toBe(text);
});

it("of several places the first is told, and how many more there are", () => {
  const place = { path: "a", pointer: null, line: 1 };
  expect(describePinPlaces([])).toBe("");
  expect(describePinPlaces([place, place, place])).toBe("a:1 and 2 more places");
});

function wordsOf(over: object): readonly string[] {
  return pinFacts(pinResult(over)).map(([word]) => word);
}

it("what is expected is told beside what was got, and not where nothing was", () => {
  expect(wordsOf({})).toContain("expected");
  expect(wordsOf({ got: [], expectedSizeBytes: 3 })).toContain("expected");
  expect(wordsOf({ got: [] })).not.toContain("expected");
});

it("an allowance is needed as long as one url of its pin is", () => {
  const allowance = { reason: "moved", expires: "2030-01-01" };
  const fine = pinResult({ name: "a", allowance, class: "ok" });
  const gone = pinResult({ name: "a", allowance, class: "gone" });
  expect(describeUnneeded([fine, gone])).toEqual([]);
  expect(describeUnneeded([gone, fine])).toEqual([]);
  expect(describeUnneeded([fine, fine])).toHaveLength(1);
});
