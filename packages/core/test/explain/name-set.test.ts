import * as fc from "fast-check";
import { expect, it } from "vitest";
import {
  countOf,
  createSet,
  doMeet,
  indicesOf,
  intersect,
  subtract,
  unite,
} from "../../src/explain/name-set.ts";

const anyIndices = fc.uniqueArray(fc.nat(99)).map((indices) => indices.toSorted((a, b) => a - b));

it("does what sets do", () => {
  fc.assert(
    fc.property(anyIndices, anyIndices, (a, b) => {
      const [one, other] = [createSet(a, 100), createSet(b, 100)];
      expect(indicesOf(one)).toEqual(a);
      expect(countOf(one)).toBe(a.length);
      expect(indicesOf(intersect(one, other))).toEqual(a.filter((index) => b.includes(index)));
      expect(indicesOf(subtract(one, other))).toEqual(a.filter((index) => !b.includes(index)));
      expect(countOf(unite(one, other))).toBe(new Set([...a, ...b]).size);
      expect(doMeet(one, other)).toBe(a.some((index) => b.includes(index)));
    }),
  );
});
