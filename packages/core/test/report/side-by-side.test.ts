import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alignLines, differingPart, foldRows } from "../../src/report/side-by-side.ts";

/** The words of a text as lines. */
function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.split(" ");
}

/** Rows as `kind before|after`. */
function rowsOf(before: string, after: string): readonly string[] {
  return alignLines(linesOf(before), linesOf(after)).map(
    ({ kind, before, after }) => `${kind} ${before?.text ?? ""}|${after?.text ?? ""}`,
  );
}

function numbered(lines: readonly string[]): unknown {
  return lines.map((text, index) => ({ number: index + 1, text }));
}

describe("aligning", () => {
  it.each([
    ["a b c", "a x c", ["same a|a", "changed b|x", "same c|c"]],
    ["a c", "a b c", ["same a|a", "added |b", "same c|c"]],
    ["a b c", "a c", ["same a|a", "removed b|", "same c|c"]],
    ["a b", "x", ["changed a|x", "removed b|"]],
    ["", "x", ["added |x"]],
    ["", "", []],
  ])("%j and %j", (before, after, rows) => expect(rowsOf(before, after)).toEqual(rows));

  it("keeps every line of both sides in order, with its number", () => {
    const lines = fc.array(fc.constantFrom("a", "b", "c", ""));
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const rows = alignLines(before, after);
        expect(rows.flatMap((row) => row.before ?? [])).toEqual(numbered(before));
        expect(rows.flatMap((row) => row.after ?? [])).toEqual(numbered(after));
        for (const { kind, before, after } of rows)
          expect(kind === "same").toBe(before?.text === after?.text);
      }),
    );
  });
});

describe("folding", () => {
  const texts = Array.from({ length: 20 }, (_, index) => String(index));

  it("folds equal rows far from a difference, and no row is lost", () => {
    const rows = alignLines(texts, texts.toSpliced(10, 1, "x"));
    const folds = foldRows(rows, 3);
    expect(folds.map(({ isFolded, rows }) => [isFolded, rows.length])).toEqual([
      [true, 7],
      [false, 7],
      [true, 6],
    ]);
    expect(folds.flatMap(({ rows }) => rows)).toEqual(rows);
  });

  it("folds no single row", () => {
    const rows = alignLines(texts, texts.toSpliced(4, 1, "x"));
    expect(foldRows(rows, 3).map(({ isFolded }) => isFolded)).toEqual([false, false, true]);
  });
});

it("marks the part in which two lines differ, without cutting a character", () => {
  expect(differingPart('"size": 20967391,', '"size": 20965376,')).toEqual({ start: 12, fromEnd: 1 });
  expect(differingPart("aa", "aaa")).toEqual({ start: 2, fromEnd: 0 });
  expect(differingPart("🦊", "🦋")).toEqual({ start: 0, fromEnd: 0 });
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (one, other) => {
      const { start, fromEnd } = differingPart(one, other);
      expect(one.slice(0, start)).toBe(other.slice(0, start));
      expect(one.slice(one.length - fromEnd)).toBe(other.slice(other.length - fromEnd));
      expect(start + fromEnd).toBeLessThanOrEqual(Math.min(one.length, other.length));
    }),
  );
});
