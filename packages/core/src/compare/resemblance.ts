import { isJsonArray, isJsonObject, type JsonValue } from "../json/value.ts";
import { hashText, hashValue, mix } from "./equality.ts";
import type { Keys, Pair } from "./subsequence.ts";

/** What something is recognised by, as hashes: two things are as alike as their traits are the same. */
export type Traits = ReadonlySet<number>;

/** The items of a list: their keys, null for those that are not to be paired, and what each is recognised by. */
export interface AlikeItems {
  readonly keys: Keys;
  readonly traits: (index: number) => Traits;
}

/** The items of two lists. */
export interface AlikeSides {
  readonly before: AlikeItems;
  readonly after: AlikeItems;
}

/** How many pairs of items of one key are weighed; beyond it they are paired in their order. */
export const maxWeighedPairs = 400;

/** The scalars of a value, each with the names that lead to it: an item inserted in a list leaves the others alone. */
export function scalarTraits(value: JsonValue): Traits {
  const traits = new Set<number>();
  collectScalars(value, 0, traits);
  return traits;
}

function collectScalars(value: JsonValue, path: number, traits: Set<number>): void {
  if (isJsonArray(value)) {
    for (const item of value) collectScalars(item, path, traits);
  } else if (isJsonObject(value)) {
    for (const [key, member] of value) collectScalars(member, mix(path, hashText(key, 1)), traits);
  } else {
    traits.add(mix(path, hashValue(value)));
  }
}

/**
 * Pairs items of equal keys in their order so that as much as possible is the same. What all of them have in common
 * says nothing; where nothing else is, the order decides, and an item may rather go than be paired with a stranger.
 */
export function pairAlikeInOrder(sides: AlikeSides): readonly Pair[] {
  return groupsOf(sides).flatMap((group) => {
    if (isCertain(group) || isLarge(group)) return inOrder(group);
    const weights = weigh(group, sides, commonTraits(group, sides));
    return heaviestChain(group, weights);
  });
}

/** Pairs items of equal keys wherever they stand, those most alike first; less than the least share is no pair. */
export function pairAlike(sides: AlikeSides, least: number): readonly Pair[] {
  return groupsOf(sides).flatMap((group) => {
    if (isLarge(group)) return [];
    const weights = weigh(group, sides, new Set());
    const candidates = group.before.flatMap((before, row) =>
      group.after.map((after, column) => ({ before, after, weight: weights[row]?.[column] ?? 0 })),
    );
    const taken = { before: new Set<number>(), after: new Set<number>() };
    return candidates
      .filter(({ weight }) => weight > 0 && weight >= least)
      .toSorted((a, b) => b.weight - a.weight)
      .flatMap(({ before, after }) => {
        if (taken.before.has(before) || taken.after.has(after)) return [];
        taken.before.add(before);
        taken.after.add(after);
        return [{ before, after }];
      });
  });
}

/** The items of one key, by index. */
interface Group {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

function groupsOf({ before, after }: AlikeSides): readonly Group[] {
  const groups = new Map<number, { readonly before: number[]; readonly after: number[] }>();
  for (const [index, key] of before.keys.entries()) {
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.before.push(index);
    else groups.set(key, { before: [index], after: [] });
  }
  for (const [index, key] of after.keys.entries()) {
    if (key !== null) groups.get(key)?.after.push(index);
  }
  return [...groups.values()].filter((group) => group.after.length > 0);
}

function isCertain({ before, after }: Group): boolean {
  return before.length === 1 && after.length === 1;
}

function isLarge({ before, after }: Group): boolean {
  return before.length * after.length > maxWeighedPairs;
}

function inOrder({ before, after }: Group): readonly Pair[] {
  return before.slice(0, after.length).map((old, index) => ({ before: old, after: after[index] as number }));
}

function commonTraits(group: Group, { before, after }: AlikeSides): Traits {
  const all = [...group.before.map(before.traits), ...group.after.map(after.traits)];
  return all.reduce((common, traits) => new Set([...common].filter((trait) => traits.has(trait))));
}

/** For each item that was, and each that is: the share of their traits that both have, without those ignored. */
function weigh(group: Group, { before, after }: AlikeSides, ignored: Traits): readonly (readonly number[])[] {
  const news = group.after.map((index) => without(after.traits(index), ignored));
  return group.before.map((index) => {
    const old = without(before.traits(index), ignored);
    return news.map((now) => shareOf(old, now));
  });
}

function without(traits: Traits, ignored: Traits): Traits {
  return ignored.size === 0 ? traits : new Set([...traits].filter((trait) => !ignored.has(trait)));
}

function shareOf(old: Traits, now: Traits): number {
  let common = 0;
  for (const trait of old) if (now.has(trait)) common += 1;
  return common === 0 ? 0 : common / Math.max(old.size, now.size);
}

/** What a pair is worth that has nothing in common: half of one that is all the same. */
const anyPair = 0.5;

/** The pairs in ascending order on both sides with the greatest sum of weights; of equal sums the pairs that come first. */
function heaviestChain({ before, after }: Group, weights: readonly (readonly number[])[]): readonly Pair[] {
  const sums = Array.from({ length: before.length + 1 }, () => new Float64Array(after.length + 1));
  const sumAt = (row: number, column: number): number => sums[row]?.[column] ?? 0;
  const paired = (row: number, column: number): number =>
    anyPair + (weights[row]?.[column] ?? 0) + sumAt(row + 1, column + 1);
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      const skipped = Math.max(sumAt(row + 1, column), sumAt(row, column + 1));
      (sums[row] as Float64Array)[column] = Math.max(paired(row, column), skipped);
    }
  }
  const pairs: Pair[] = [];
  for (let row = 0, column = 0; row < before.length && column < after.length;) {
    if (sumAt(row, column) === paired(row, column)) {
      pairs.push({ before: before[row++] as number, after: after[column++] as number });
    } else if (sumAt(row, column) === sumAt(row + 1, column)) row += 1;
    else column += 1;
  }
  return pairs;
}
