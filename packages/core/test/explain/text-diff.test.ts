import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffTexts, maxDiffLineLength, maxDiffLines } from "../../src/explain/text-diff.ts";

function countLines(text: string): number {
  return text === "" ? 0 : text.replace(/\n$/, "").split("\n").length;
}

describe("diffTexts", () => {
  it("shows changed lines with those around them", () => {
    const before = Array.from({ length: 20 }, (_, line) => `${line}\n`).join("");
    expect(diffTexts(before, before.replace("10\n", "ten\n").replace("1\n", "")).lines).toEqual([
      ..."@@ -1 +1 @@/ 0/-1/ 2/ 3/ 4/@@ -8 +7 @@/ 7/ 8/ 9/-10/+ten/ 11/ 12/ 13".split("/"),
    ]);
  });

  it("sees a missing line feed at the end", () => {
    expect(diffTexts("a\n", "a").lines).toEqual(["@@ -1 +1 @@", "-a", "+a (no line feed at the end)"]);
  });

  it("counts what it does not show", () => {
    const [before, after] = ["a", "b"].map((letter) => `${letter}\n`.repeat(1_000));
    const { added, removed, lines } = diffTexts(before ?? "", after ?? "");
    expect([added, removed, lines.length]).toEqual([1_000, 1_000, maxDiffLines + 1]);
    expect(lines.at(-1)).toBe(`@@ and ${2_000 - maxDiffLines + 1} more changed lines @@`);
  });

  it("cuts long lines", () => {
    const { lines } = diffTexts("", "x".repeat(10_000));
    expect(lines.every((line) => line.length <= maxDiffLineLength + 1)).toBe(true);
  });

  it("has a body that turns one text into the other", () => {
    const anyText = fc
      .array(fc.constantFrom("a", "b", "c", ""), { maxLength: 12 })
      .map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const { body, added, removed } = diffTexts(before, after);
        expect(countLines(before) + added - removed).toBe(countLines(after));
        expect(body === "").toBe(before === after);
      }),
    );
  });
});
