import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  maxWeighedPairs,
  pairAlike,
  pairAlikeInOrder,
  scalarTraits,
  type AlikeItems,
  type AlikeSides,
} from "../../src/compare/resemblance.ts";
import { fromPlain } from "./documents.ts";

/** Items as texts: each of their letters is a trait; all are of one key. */
const side = (items: readonly string[]): AlikeItems => ({
  keys: items.map(() => 0),
  traits: (index) => new Set([...(items[index] ?? "")].map((letter) => letter.charCodeAt(0))),
});

const sides = (before: readonly string[], after: readonly string[]): AlikeSides => ({
  before: side(before),
  after: side(after),
});

const show = (pairs: readonly { readonly before: number; readonly after: number }[]): string =>
  pairs.map(({ before, after }) => `${before}${after}`).join(" ");

describe("pairAlikeInOrder", () => {
  it.each<[string, string[], string[], string]>([
    ["strangers that are alone", ["a"], ["b"], "00"],
    ["strangers in their order", ["a", "b"], ["c", "d"], "00 11"],
    ["what is alike, past what came first", ["ab", "cd"], ["xy", "ae", "cf"], "01 12"],
    ["what is alike, past what is gone", ["xy", "ab", "cd"], ["ae", "cf"], "10 21"],
    ["the first of several that are alike", ["ab"], ["ac", "ad"], "00"],
    ["what is alike rather than strangers", ["abc", "xy"], ["pq", "abd"], "01"],
    ["by what not all have in common", ["zzzaqw", "zzzbrv"], ["zzzbrs", "zzzaqt"], "10"],
  ])("pairs %s", (_, before, after, pairs) => {
    expect(show(pairAlikeInOrder(sides(before, after)))).toBe(pairs);
  });

  it("pairs items of one key only", () => {
    const { before, after } = sides(["ab", "cd"], ["cd", "ab"]);
    const pairs = pairAlikeInOrder({
      before: { ...before, keys: [1, null] },
      after: { ...after, keys: [2, 1] },
    });
    expect(show(pairs)).toBe("01");
  });

  it("takes long lists in their order", () => {
    const count = maxWeighedPairs;
    const before = Array.from({ length: count }, (_, index) => String.fromCharCode(index + 65));
    const pairs = pairAlikeInOrder(sides(before, before.slice(1)));
    expect(pairs).toEqual(before.slice(1).map((_, index) => ({ before: index, after: index })));
  });

  const anyItems = fc.array(fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom(..."abc") }), {
    maxLength: 6,
  });

  it("keeps the order on both sides", () => {
    fc.assert(
      fc.property(anyItems, anyItems, (before, after) => {
        const pairs = pairAlikeInOrder(sides(before, after));
        for (const [index, pair] of pairs.slice(1).entries()) {
          expect(pair.before).toBeGreaterThan(pairs[index]?.before ?? 0);
          expect(pair.after).toBeGreaterThan(pairs[index]?.after ?? 0);
        }
      }),
    );
  });
});

describe("pairAlike", () => {
  it("pairs those most alike first, wherever they stand", () => {
    expect(show(pairAlike(sides(["abcd", "abxy"], ["abxz", "abce"]), 0.5))).toBe("01 10");
  });

  it("pairs nobody below the least share, nor what has no traits", () => {
    expect(pairAlike(sides(["abcd"], ["axyz"]), 0.5)).toEqual([]);
    expect(pairAlike(sides([""], [""]), 0)).toEqual([]);
  });
});

describe("scalarTraits", () => {
  it("knows a scalar by the names that lead to it, not by its place in a list", () => {
    const [one, other] = [{ a: [1, { b: "x" }] }, { a: [{ b: "x" }, 2, 1] }].map((plain) =>
      scalarTraits(fromPlain(plain)),
    );
    expect([...(one ?? [])].every((trait) => other?.has(trait))).toBe(true);
    expect(other?.size).toBe(3);
    expect(scalarTraits(fromPlain({ a: "x" }))).not.toEqual(scalarTraits(fromPlain({ b: "x" })));
  });
});
