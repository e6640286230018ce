import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf, shortenText, wrapText } from "../../src/report/columns.ts";

it.each([
  ["abc", 3],
  ["−→›", 3],
  ["和風", 4],
  ["ｗ", 2],
  ["e\u0301", 1],
  ["🦊", 2],
])("%s takes its columns", (text, columns) => expect(columnsOf(text)).toBe(columns));

describe("wrapping", () => {
  it.each([
    ["one two three", 7, ["one two", "three"]],
    ["abcdefgh", 3, ["abc", "def", "gh"]],
    ["a bcdef", 3, ["a", "bcd", "ef"]],
    ["和風和風", 5, ["和風", "和風"]],
    ["", 5, [""]],
  ])("%j in %i columns", (text, width, lines) => expect(wrapText(text, width)).toEqual(lines));

  it("fits and loses nothing", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "和", "e\u0301") });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 20 }), (text, width) => {
        const lines = wrapText(text, width);
        expect(lines.every((line) => columnsOf(line) <= width)).toBe(true);
        expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      }),
    );
  });
});

it("shortens to what fits, and says so", () => {
  expect(shortenText("abcdef", 6)).toBe("abcdef");
  expect(shortenText("abcdef", 4)).toBe("abc…");
  expect(shortenText("和風和風", 4)).toBe("和…");
});
