import { isJsonArray, isJsonObject, JsonNumber, type JsonObject, type JsonValue } from "../json/value.ts";
import { alignItems, type ItemChange, type Likeness, type ListItem } from "./align.ts";
import { equalValues } from "./equality.ts";
import { added, altered, removed, stepInto, type PlacedDifference, type Position } from "./position.ts";

/** Compares two values that stand at one position. */
export type Compare = (before: JsonValue, after: JsonValue, at: Position) => readonly PlacedDifference[];

/** Two lists to compare. */
export interface Lists {
  readonly before: readonly JsonValue[];
  readonly after: readonly JsonValue[];
}

/** How the items of a list are paired, where each of them stands, and how the two of a pair are compared. */
export interface ItemRules {
  readonly likenesses: readonly Likeness[];
  /** The position of an item, of the new list unless removed, given the position that its index leads to. */
  readonly enter: (item: ListItem, at: Position) => Position;
  readonly compare: Compare;
}

/** The differences of two values: objects by key in sorted order, lists by alignment in the new list's order. */
export function compareValues(
  before: JsonValue,
  after: JsonValue,
  at: Position,
): readonly PlacedDifference[] {
  if (isJsonObject(before) && isJsonObject(after)) return compareMembers(before, after, at, noMembers);
  if (isJsonArray(before) && isJsonArray(after)) return compareItems({ before, after }, at, anyItems);
  return equalValues(before, after) ? [] : [altered("changed", { before, after }, at)];
}

/** The differences of two objects; `special` holds the keys whose values are compared in a way of their own. */
export function compareMembers(
  before: JsonObject,
  after: JsonObject,
  at: Position,
  special: ReadonlyMap<string, Compare>,
): readonly PlacedDifference[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return keys.flatMap((key) => {
    const old = before.get(key);
    const now = after.get(key);
    const inside = stepInto(at, { before: key, after: key });
    if (now === undefined) return old === undefined ? [] : [removed(old, inside)];
    if (old === undefined) return [added(now, inside)];
    return (special.get(key) ?? compareValues)(old, now, inside);
  });
}

/** The differences of two lists; an item that moved and changed gives its move first. */
export function compareItems(lists: Lists, at: Position, rules: ItemRules): readonly PlacedDifference[] {
  return alignItems(lists.before, lists.after, rules.likenesses).flatMap((item) =>
    compareItem(item, at, rules),
  );
}

function compareItem(item: ItemChange, at: Position, rules: ItemRules): readonly PlacedDifference[] {
  switch (item.change) {
    case "removed": {
      const { index, value } = item.before;
      return [removed(value, rules.enter(item.before, stepInto(at, { before: index, after: index })))];
    }
    case "added": {
      const { index, value } = item.after;
      return [added(value, rules.enter(item.after, stepInto(at, { before: index, after: index })))];
    }
    case "kept":
    case "moved": {
      const { before, after } = item;
      const inside = rules.enter(after, stepInto(at, { before: before.index, after: after.index }));
      const within = rules.compare(before.value, after.value, inside);
      const values = { before: before.value, after: after.value };
      return item.change === "moved" ? [altered("moved", values, inside), ...within] : within;
    }
  }
}

const noMembers: ReadonlyMap<string, Compare> = new Map();

/** Items of any list: named ones by name, typed ones by type, other objects and lists by their order. */
const anyItems: ItemRules = {
  likenesses: [
    { key: nameOf, where: "anywhere" },
    { key: typeOf, where: "in-order" },
    { key: shapeOf, where: "in-order" },
  ],
  enter: (_, at) => at,
  compare: compareValues,
};

function nameOf(item: JsonValue): JsonValue | null {
  return scalarMember(item, "name") ?? scalarMember(item, "id");
}

function typeOf(item: JsonValue): JsonValue | null {
  return nameOf(item) === null ? scalarMember(item, "type") : null;
}

function shapeOf(item: JsonValue): JsonValue | null {
  if (isJsonArray(item)) return "list";
  return isJsonObject(item) && nameOf(item) === null && typeOf(item) === null ? "object" : null;
}

function scalarMember(item: JsonValue, key: string): JsonValue | null {
  const member = isJsonObject(item) ? item.get(key) : undefined;
  return typeof member === "string" || member instanceof JsonNumber ? [key, member] : null;
}
