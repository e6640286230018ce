import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { columnsOf } from "../../../core/src/report/columns.ts";
import { describe, expect, it } from "vitest";
import { openState, pressKey, showDifference, type Key } from "../../src/review/state.ts";
import { renderReview } from "../../src/review/view.ts";
import { chooseColors, PLAIN } from "../../src/messages/style.ts";
import { causeOf, explanationOf, TWO } from "./explanations.ts";

const KEYS: readonly Key[] = [
  ...["up", "down", "return", "escape", "backspace", "pageup", "pagedown"],
  ...["a", "r", "s", "d", "n", "p", "q", "/", " ", "x"],
];

/** What drives a terminal, or hides on it. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

describe("the view of a review", () => {
  it("lists the causes, tells about the one that is looked at, and names the keys", () => {
    const lines = renderReview(pressKey(openState(TWO), "a"), { width: 60, height: 14, colors: PLAIN });
    expect(lines).toEqual([
      "3 manifests differ, 2 causes: 1 accepted, 0 rejected",
      "",
      "  ✓      3  rebuild       packages: + chrony",
      ">        1  rebuild       kernel_opts: + quiet",
      "",
      "cause c2: oci",
      "  kernel_opts: + quiet in detail",
      "  oci",
      "",
      expect.stringMatching(/^a accept .*…$/),
    ]);
  });

  it("says which records will be written: those of which every cause is accepted", () => {
    const state = ["a", "q"].reduce(pressKey, openState(TWO));
    const lines = renderReview(state, { width: 60, height: 14, colors: PLAIN });
    expect(lines.slice(2, 5)).toEqual(["2 records will be written:", "  ami", "  qcow2"]);
  });

  it("fits whatever the terminal and the keys are", () => {
    const many = explanationOf(
      ...Array.from({ length: 40 }, (_, index) =>
        causeOf(`c${index}`, `cause ${index} 原因`.repeat(9), [`m${index}`]),
      ),
    );
    const keys = fc.array(fc.constantFrom(...KEYS), { maxLength: 30 });
    const size = fc.record({
      width: fc.integer({ min: 1, max: 120 }),
      height: fc.integer({ min: 1, max: 50 }),
    });
    fc.assert(
      fc.property(keys, size, (pressed, { width, height }) => {
        const state = showDifference(pressed.reduce(pressKey, openState(many)), "m0", [
          "x".repeat(200),
          "差".repeat(100),
        ]);
        const lines = renderReview(state, { width, height, colors: chooseColors(true, {}) });
        expect(lines.length).toBeLessThanOrEqual(height);
        for (const line of lines)
          expect(columnsOf(stripVTControlCharacters(line))).toBeLessThanOrEqual(Math.max(1, width));
      }),
    );
  });

  it("is driven by nothing that stands in a manifest", () => {
    const hostile = "\u001B[2J\u202E\n\u0007x";
    const state = openState(explanationOf(causeOf("c", hostile, [hostile])));
    for (const keys of [[], ["d"], ["a", "q"]]) {
      const lines = renderReview(keys.reduce(pressKey, state), { width: 80, height: 20, colors: PLAIN });
      for (const line of lines) expect(line).not.toMatch(INVISIBLE);
    }
  });
});
