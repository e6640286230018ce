import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createNumbering, equalValues } from "../../src/compare/equality.ts";
import { JsonNumber } from "../../src/json/value.ts";
import { anyDocument, canonicalText, fromPlain } from "./documents.ts";

describe("equalValues", () => {
  it("compares numbers by their text", () => {
    expect(equalValues(new JsonNumber("1"), new JsonNumber("1"))).toBe(true);
    expect(equalValues(new JsonNumber("1"), new JsonNumber("1.0"))).toBe(false);
    expect(equalValues(new JsonNumber("9007199254740993"), new JsonNumber("9007199254740992"))).toBe(false);
    expect(equalValues(new JsonNumber("1"), "1")).toBe(false);
  });

  it.each([
    [fromPlain([]), fromPlain({})],
    [fromPlain({ a: null }), fromPlain({})],
    [fromPlain({ a: null }), fromPlain({ b: null })],
    [fromPlain([1, 2]), fromPlain([2, 1])],
    [fromPlain([null]), fromPlain([])],
    [null, false],
    ["", null],
  ])("tells %j from %j", (a, b) => {
    expect(equalValues(a, b)).toBe(false);
    expect(equalValues(b, a)).toBe(false);
  });

  it("holds exactly when the canonical texts are equal, as does one number of a numbering", () => {
    fc.assert(
      fc.property(anyDocument, anyDocument, (a, b) => {
        const values = [fromPlain(a), fromPlain(b)] as const;
        const isEqual = canonicalText(values[0]) === canonicalText(values[1]);
        expect(equalValues(...values)).toBe(isEqual);
        const numberOf = createNumbering();
        expect(numberOf(values[0]) === numberOf(values[1])).toBe(isEqual);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("createNumbering", () => {
  it("numbers in the order of first sight, whatever the order of keys", () => {
    const numberOf = createNumbering();
    const values = [{ a: 1, b: 2 }, [1], { b: 2, a: 1 }, "x", [1]].map(fromPlain);
    expect(values.map(numberOf)).toEqual([0, 1, 0, 2, 1]);
  });

  it("tells apart values of one hash", () => {
    const numberOf = createNumbering();
    const count = 200_000;
    const numbers = new Set(
      Array.from({ length: count }, (_, index) => numberOf(new JsonNumber(String(index)))),
    );
    expect(numbers.size).toBe(count);
  });
});
