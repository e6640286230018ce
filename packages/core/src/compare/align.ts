import { isJsonArray, JsonNumber, type JsonValue } from "../json/value.ts";
import { createNumbering, equalValues } from "./equality.ts";
import { pairAlike, pairAlikeInOrder, type Traits } from "./resemblance.ts";
import { alignCommon, alignRepetitions, increasingPairs, type Keys, type Pair } from "./subsequence.ts";

/** A way to tell that two items that differ are one item that changed: they have equal keys. */
export interface Likeness {
  /** Null for an item that this likeness says nothing about. */
  readonly key: (item: JsonValue) => JsonValue | null;
  /** `in-order`: only between the same unchanged neighbours; `anywhere`: however far it moved. */
  readonly where: "in-order" | "anywhere";
  /** Of several items with equal keys those with the most in common are paired; without it, they are in their order. */
  readonly resemblance?: Resemblance;
}

/** What items are recognised by. */
interface Resemblance {
  readonly traits: (item: JsonValue) => Traits;
  /** The share of their traits, 0 to 1, that two items found `anywhere` must have in common. */
  readonly least: number;
}

/** An item and its index in its list. */
export interface ListItem {
  readonly index: number;
  readonly value: JsonValue;
}

/** What became of an item. */
export type ItemChange =
  | { readonly change: "removed"; readonly before: ListItem }
  | { readonly change: "added"; readonly after: ListItem }
  | { readonly change: "kept" | "moved"; readonly before: ListItem; readonly after: ListItem };

/**
 * Pairs the items of two lists: equal ones first, in order where possible, then by each likeness in turn.
 * Items that are equal and still in order are left out; `kept` ones differ within, `moved` ones may.
 * Changes come in the order of the new list, a removed item right behind the last one before it that kept its order.
 */
export function alignItems(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  likenesses: readonly Likeness[],
): readonly ItemChange[] {
  const start = commonStart(before, after);
  const end = commonStart(before.slice(start).toReversed(), after.slice(start).toReversed());
  const old = [...before.entries()].slice(start, before.length - end);
  const now = [...after.entries()].slice(start, after.length - end);
  const inPlace = pairInPlace(old, now, likenesses);
  if (inPlace !== null) return inPlace;
  const lists = numberItems(old, now);
  return listChanges(lists, pairItems(lists, likenesses));
}

/** An item with a number that equal items share, and the count of unchanged items up to it. */
interface NumberedItem extends ListItem {
  readonly number: number;
  readonly gap: number;
}

interface Lists {
  readonly before: readonly NumberedItem[];
  readonly after: readonly NumberedItem[];
  /** A longest common subsequence of equal items. */
  readonly common: readonly Pair[];
  readonly numberOf: (value: JsonValue) => number;
}

type Entries = readonly (readonly [number, JsonValue])[];

function commonStart(before: readonly JsonValue[], after: readonly JsonValue[]): number {
  const shorter = Math.min(before.length, after.length);
  let count = 0;
  while (count < shorter && equalValues(before[count] as JsonValue, after[count] as JsonValue)) count += 1;
  return count;
}

/**
 * The changes of two lists whose items are each other's counterparts one by one: those that differ have the key of the
 * one at their place and of no other that differs. Null for lists that are not so sure.
 */
function pairInPlace(
  before: Entries,
  after: Entries,
  likenesses: readonly Likeness[],
): readonly ItemChange[] | null {
  if (before.length !== after.length) return null;
  const changes: ItemChange[] = [];
  const keys = new Set<string>();
  for (const [place, [oldIndex, old]] of before.entries()) {
    const [newIndex, now] = after[place] as Entries[number];
    if (equalValues(old, now)) continue;
    const key = firstKey(old, likenesses);
    if (key === null || keys.has(key) || key !== firstKey(now, likenesses)) return null;
    keys.add(key);
    changes.push({
      change: "kept",
      before: { index: oldIndex, value: old },
      after: { index: newIndex, value: now },
    });
  }
  return changes;
}

/** The key of the first likeness that says something about an item, as text; null where none does, or not so shortly. */
function firstKey(item: JsonValue, likenesses: readonly Likeness[]): string | null {
  for (const [index, { key }] of likenesses.entries()) {
    const value = key(item);
    if (value === null) continue;
    const text = scalarText(value);
    return text === null ? null : `${index} ${text}`;
  }
  return null;
}

function scalarText(value: JsonValue): string | null {
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof JsonNumber) return value.text;
  if (!isJsonArray(value)) return null;
  const texts = value.map(scalarText);
  return texts.includes(null) ? null : texts.join();
}

function numberItems(before: Entries, after: Entries): Lists {
  const numberOf = createNumbering();
  const old = before.map(([index, value]) => ({ index, value, number: numberOf(value) }));
  const now = after.map(([index, value]) => ({ index, value, number: numberOf(value) }));
  const common = alignCommon(
    old.map(({ number }) => number),
    now.map(({ number }) => number),
  );
  const gapsBefore = countUpTo(old.length, new Set(common.map((pair) => pair.before)));
  const gapsAfter = countUpTo(now.length, new Set(common.map((pair) => pair.after)));
  return {
    before: old.map((item, at) => ({ ...item, gap: gapsBefore[at] as number })),
    after: now.map((item, at) => ({ ...item, gap: gapsAfter[at] as number })),
    common,
    numberOf,
  };
}

/** For each index, how many of the members are at or below it. */
function countUpTo(length: number, members: ReadonlySet<number>): readonly number[] {
  let count = 0;
  return Array.from({ length }, (_, index) => (members.has(index) ? ++count : count));
}

function pairItems(lists: Lists, likenesses: readonly Likeness[]): readonly Pair[] {
  const { common, numberOf } = lists;
  let pairs = [...common, ...alignRepetitions(...openKeys(lists, common, (item) => item.number))];
  for (const likeness of likenesses) {
    if (pairs.length === Math.min(lists.before.length, lists.after.length)) break;
    const keys = openKeys(lists, pairs, ({ value, gap }) => {
      const key = likeness.key(value);
      if (key === null) return null;
      return numberOf(likeness.where === "in-order" ? [String(gap), key] : key);
    });
    pairs = [...pairs, ...pairLike(lists, keys, likeness)];
  }
  return pairs.toSorted((a, b) => a.before - b.before);
}

function pairLike(
  lists: Lists,
  [before, after]: readonly [Keys, Keys],
  { where, resemblance }: Likeness,
): readonly Pair[] {
  if (resemblance === undefined) {
    return where === "in-order" ? alignCommon(before, after) : alignRepetitions(before, after);
  }
  const { traits, least } = resemblance;
  const traitsIn = (items: readonly NumberedItem[]): ((index: number) => Traits) => {
    const known = new Map<number, Traits>();
    return (index) => {
      const own = known.get(index) ?? traits(valueAt(items, index));
      known.set(index, own);
      return own;
    };
  };
  const sides = {
    before: { keys: before, traits: traitsIn(lists.before) },
    after: { keys: after, traits: traitsIn(lists.after) },
  };
  return where === "in-order" ? pairAlikeInOrder(sides) : pairAlike(sides, least);
}

function valueAt(items: readonly NumberedItem[], index: number): JsonValue {
  return (items[index] as NumberedItem).value;
}

/** The keys of the items on both sides that no pair has taken yet. */
function openKeys(
  { before, after }: Lists,
  pairs: readonly Pair[],
  keyOf: (item: NumberedItem) => number | null,
): readonly [Keys, Keys] {
  const takenBefore = new Set(pairs.map((pair) => pair.before));
  const takenAfter = new Set(pairs.map((pair) => pair.after));
  return [
    before.map((item, index) => (takenBefore.has(index) ? null : keyOf(item))),
    after.map((item, index) => (takenAfter.has(index) ? null : keyOf(item))),
  ];
}

/** What the pairs, sorted by `before`, say of every item. */
function listChanges({ before, after }: Lists, pairs: readonly Pair[]): readonly ItemChange[] {
  const inOrder = new Set(increasingPairs(pairs));
  const pairOfBefore = new Map(pairs.map((pair) => [pair.before, pair]));
  const changes: RankedChange[] = [];
  let lastKept = -1;
  for (const [place, item] of before.entries()) {
    const pair = pairOfBefore.get(place);
    const partner = pair && after[pair.after];
    if (!pair || !partner) {
      changes.push({ rank: lastKept + 0.5, change: "removed", before: item });
    } else if (!inOrder.has(pair)) {
      changes.push({ rank: pair.after, change: "moved", before: item, after: partner });
    } else {
      lastKept = pair.after;
      if (item.number !== partner.number)
        changes.push({ rank: pair.after, change: "kept", before: item, after: partner });
    }
  }
  const paired = new Set(pairs.map((pair) => pair.after));
  for (const [place, item] of after.entries()) {
    if (!paired.has(place)) changes.push({ rank: place, change: "added", after: item });
  }
  return changes.toSorted((a, b) => a.rank - b.rank);
}

/** A change with its order in the list of changes; the sort is stable, so removed items of one rank stay in order. */
type RankedChange = ItemChange & { readonly rank: number };
