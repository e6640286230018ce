import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  alignCommon,
  alignRepetitions,
  increasingPairs,
  maxCandidatePairs,
  type Keys,
  type Pair,
} from "../../src/compare/subsequence.ts";

const anyKeys = fc.array(fc.option(fc.nat(3), { freq: 6 }), { maxLength: 12 });

function isAscending(pairs: readonly Pair[]): boolean {
  return pairs.every((pair, index) => {
    const previous = pairs[index - 1];
    return !previous || (previous.before < pair.before && previous.after < pair.after);
  });
}

function isMatching(pairs: readonly Pair[], before: Keys, after: Keys): boolean {
  return pairs.every((pair) => before[pair.before] !== null && before[pair.before] === after[pair.after]);
}

/** The length of a longest common subsequence, by the table of all prefixes. */
function longestLength(before: Keys, after: Keys): number {
  let row = after.map(() => 0);
  for (const key of before) {
    let best = 0;
    let diagonal = 0;
    row = row.map((above, index) => {
      best = Math.max(best, above, key !== null && key === after[index] ? diagonal + 1 : 0);
      diagonal = above;
      return best;
    });
  }
  return row.at(-1) ?? 0;
}

describe("alignCommon", () => {
  it("finds a longest common subsequence", () => {
    fc.assert(
      fc.property(anyKeys, anyKeys, (before, after) => {
        const pairs = alignCommon(before, after);
        expect(isAscending(pairs)).toBe(true);
        expect(isMatching(pairs, before, after)).toBe(true);
        expect(pairs).toHaveLength(longestLength(before, after));
      }),
      { numRuns: 1000 },
    );
  });

  it("keeps to its bound on many repetitions, and still finds a common subsequence", () => {
    const length = Math.ceil(Math.sqrt(maxCandidatePairs)) + 1;
    const before = Array.from({ length }, () => 1);
    const after = [2, ...before.slice(1), 3];
    const pairs = alignCommon(before, after);
    expect(isAscending(pairs)).toBe(true);
    expect(isMatching(pairs, before, after)).toBe(true);
    expect(pairs).toHaveLength(length - 1);
  });

  it("takes long lists of distinct items", () => {
    const before = Array.from({ length: 200_000 }, (_, index) => index);
    const after = [...before.slice(100), ...before.slice(0, 100)];
    expect(alignCommon(before, after)).toHaveLength(200_000 - 100);
  });
});

describe("alignRepetitions", () => {
  it("pairs the n-th of a key with the n-th", () => {
    expect(alignRepetitions([1, 2, null, 1, 1], [1, null, 1, 2])).toEqual([
      { before: 0, after: 0 },
      { before: 1, after: 3 },
      { before: 3, after: 2 },
    ]);
  });
});

describe("increasingPairs", () => {
  it("keeps the longest run in order", () => {
    const pairs = [3, 0, 1, 2].map((after, before) => ({ before, after }));
    expect(increasingPairs(pairs)).toEqual(pairs.slice(1));
    expect(increasingPairs([])).toEqual([]);
  });
});
