import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sortKeys, type KeyOrder } from "../../src/json/key-order.ts";
import { ROOT, keysOf, stringOf } from "../../src/json/tape.ts";
import { readTape } from "./read-tape.ts";

/** The keys in an order, some of them spelled by escapes. */
function sorted(keys: readonly string[], order: KeyOrder): string[] {
  const members = keys.map((key, index) => `${index % 3 === 0 ? escaped(key) : JSON.stringify(key)}:0`);
  const tape = readTape(`{${members.join(",")}}`);
  return Array.from(sortKeys(tape, [...keysOf(tape, ROOT)], order), (key) => stringOf(tape, key));
}

function escaped(key: string): string {
  const units = Array.from({ length: key.length }, (_, index) =>
    key.charCodeAt(index).toString(16).padStart(4, "0"),
  );
  return `"${units.map((unit) => `\\u${unit}`).join("")}"`;
}

function byCodePoint(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

describe("sortKeys", () => {
  const keys = ["\ud7ff", "\ue000", "\uffff", "\u{10000}", "\u{10ffff}", "a", "", "aa", "\u007f", "\u0080"];

  it("by UTF-16 code unit places all beyond the BMP below U+E000", () => {
    expect(sorted(keys, "utf-16")).toEqual([
      "",
      "a",
      "aa",
      "\u007f",
      "\u0080",
      "\ud7ff",
      "\u{10000}",
      "\u{10ffff}",
      "\ue000",
      "\uffff",
    ]);
  });

  it("by code point places all beyond the BMP last", () => {
    expect(sorted(keys, "code-point")).toEqual([
      "",
      "a",
      "aa",
      "\u007f",
      "\u0080",
      "\ud7ff",
      "\ue000",
      "\uffff",
      "\u{10000}",
      "\u{10ffff}",
    ]);
  });

  it("agrees with Array.prototype.sort and with the order of UTF-8 bytes", () => {
    const unit = fc.oneof(
      fc.constantFrom(...keys.filter((key) => key !== "")),
      fc.string({ unit: "binary", maxLength: 1 }),
    );
    const arbitrary = fc.uniqueArray(fc.string({ unit, maxLength: 3 }), { maxLength: 60 });
    fc.assert(
      fc.property(arbitrary, (texts) => {
        expect(sorted(texts, "utf-16")).toEqual(texts.toSorted());
        expect(sorted(texts, "code-point")).toEqual(texts.toSorted(byCodePoint));
      }),
      { numRuns: 100 },
    );
  });
});
