import {
  Kind,
  NODE_SIZE,
  ROOT,
  bytesOf,
  elementsOf,
  keysOf,
  kindOf,
  memberOf,
  stringOf,
  type JsonTape,
} from "../json/tape.ts";
import { sayTheSame } from "../json/same.ts";
import { JsonNumber, valueOf, type JsonValue } from "../json/value.ts";

/** The values of two documents. */
export interface ChangedParts {
  readonly before: JsonValue;
  readonly after: JsonValue;
}

/**
 * The values of two documents, as far as a comparison needs them: where both say the same there stands a mark
 * in place of it, the same on both sides. Whatever differs, or is compared with something else, is whole, so
 * that the differences are those of the whole documents; they are found without making values of what is equal.
 */
export function changedParts(before: JsonTape, after: JsonTape): ChangedParts {
  const isSpelledAlike = openingOf(before).equals(openingOf(after));
  return compareNodes({ before, after, isSpelledAlike }, { before: ROOT, after: ROOT }, manifestLists);
}

interface Tapes {
  readonly before: JsonTape;
  readonly after: JsonTape;
  /** Whether both are likely to spell the same in the same bytes; then nothing is compared beyond them. */
  readonly isSpelledAlike: boolean;
}

/** The text up to the first thing in a document: how its writer uses white space. */
function openingOf(tape: JsonTape): Buffer {
  const [start, first] = [tape.nodes[1], tape.nodes[NODE_SIZE + 1]];
  return tape.bytes.subarray(start, first ?? start);
}

interface Nodes {
  readonly before: number;
  readonly after: number;
}

/** The lists in which items with the same keys in the same order are each other's counterparts. */
interface KeyedLists {
  readonly key: string | null;
  readonly inside: ReadonlyMap<string, KeyedLists>;
}

const noLists: KeyedLists = { key: null, inside: new Map() };
const manifestLists: KeyedLists = {
  key: null,
  inside: new Map([
    ["pipelines", { key: "name", inside: new Map([["stages", { key: "type", inside: new Map() }]]) }],
  ]),
};

function compareNodes(tapes: Tapes, nodes: Nodes, lists: KeyedLists): ChangedParts {
  if (isSame(tapes, nodes)) return same(mark(tapes.before, nodes.before));
  const kind = kindOf(tapes.before, nodes.before);
  if (kind === kindOf(tapes.after, nodes.after)) {
    if (kind === Kind.object) return compareObjects(tapes, nodes, lists);
    if (kind === Kind.array) return compareArrays(tapes, nodes, lists);
  }
  return whole(tapes, nodes);
}

function compareObjects(tapes: Tapes, nodes: Nodes, lists: KeyedLists): ChangedParts {
  const before = new Map<string, JsonValue>();
  const after = new Map<string, JsonValue>();
  const newMembers = membersOf(tapes.after, nodes.after);
  for (const [key, old] of membersOf(tapes.before, nodes.before)) {
    const now = newMembers.get(key);
    if (now === undefined) {
      before.set(key, valueOf(tapes.before, old));
      continue;
    }
    const parts = compareNodes(tapes, { before: old, after: now }, lists.inside.get(key) ?? noLists);
    before.set(key, parts.before);
    after.set(key, parts.after);
  }
  for (const [key, now] of newMembers) {
    if (!before.has(key)) after.set(key, valueOf(tapes.after, now));
  }
  return { before, after };
}

function membersOf(tape: JsonTape, object: number): ReadonlyMap<string, number> {
  const members = new Map<string, number>();
  for (const key of keysOf(tape, object)) members.set(stringOf(tape, key), key + NODE_SIZE);
  return members;
}

/** What both lists begin and end with is marked; what stands between is whole unless its counterparts are certain. */
function compareArrays(tapes: Tapes, nodes: Nodes, lists: KeyedLists): ChangedParts {
  const old = [...elementsOf(tapes.before, nodes.before)];
  const now = [...elementsOf(tapes.after, nodes.after)];
  const start = commonStart(tapes, old, now);
  const end = commonStart(tapes, old.slice(start).toReversed(), now.slice(start).toReversed());
  // Comparisons pass over equal ends; what is compared by a key still needs it.
  const shared = identityOf(nodes.before);
  const markOf = (element: number): JsonValue => (lists.key === null ? shared : mark(tapes.before, element));
  const head = old.slice(0, start).map(markOf);
  const tail = old.slice(old.length - end).map(markOf);
  const middle = compareMiddles(
    tapes,
    { before: old.slice(start, old.length - end), after: now.slice(start, now.length - end) },
    lists,
  );
  return {
    before: [...head, ...middle.before, ...tail],
    after: [...head, ...middle.after, ...tail],
  };
}

interface Elements {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

function compareMiddles(
  tapes: Tapes,
  middles: Elements,
  lists: KeyedLists,
): { readonly before: JsonValue[]; readonly after: JsonValue[] } {
  if (!areCounterparts(tapes, middles, lists.key)) {
    return {
      before: middles.before.map((element) => valueOf(tapes.before, element)),
      after: middles.after.map((element) => valueOf(tapes.after, element)),
    };
  }
  const inside = { key: null, inside: lists.inside };
  const ambiguous = ambiguousItems(tapes, middles, lists.key);
  const parts = middles.before.map((old, index) => {
    const nodes = { before: old, after: middles.after[index] as number };
    return ambiguous.has(old) ? whole(tapes, nodes) : compareNodes(tapes, nodes, inside);
  });
  return { before: parts.map((part) => part.before), after: parts.map((part) => part.after) };
}

/** Tells the changed items whose name other changed ones have: which became which is found out by all that they hold. */
function ambiguousItems(tapes: Tapes, { before, after }: Elements, key: string | null): ReadonlySet<number> {
  if (key === null) return new Set();
  const changed = before.filter(
    (old, index) => !isSame(tapes, { before: old, after: after[index] as number }),
  );
  const byName = new Map<string | null, number[]>();
  for (const element of changed) {
    const name = textMember(tapes.before, element, key);
    const namesakes = byName.get(name);
    if (namesakes) namesakes.push(element);
    else byName.set(name, [element]);
  }
  return new Set([...byName.values()].filter((namesakes) => namesakes.length > 1).flat());
}

/** Whether a comparison pairs the items of two lists one by one, in their order, or by all that they hold. */
function areCounterparts(tapes: Tapes, { before, after }: Elements, key: string | null): boolean {
  if (before.length !== after.length) return false;
  const [old, now] = [before[0], after[0]];
  if (key === null) {
    if (before.length !== 1 || old === undefined || now === undefined) return false;
    const likeness = likenessOf(tapes.before, old);
    return likeness !== null && likeness === likenessOf(tapes.after, now);
  }
  const names = before.map((element) => textMember(tapes.before, element, key));
  const isAligned = after.every((element, index) => {
    const name = textMember(tapes.after, element, key);
    return name !== null && name === names[index];
  });
  return isAligned && !isAnyExchanged(tapes, { before, after }, names);
}

/** Whether an item equals the counterpart of another of its name: then it may have moved. */
function isAnyExchanged(
  tapes: Tapes,
  { before, after }: Elements,
  names: readonly (string | null)[],
): boolean {
  const places = new Map<string | null, number[]>();
  for (const [index, name] of names.entries()) places.set(name, [...(places.get(name) ?? []), index]);
  return [...places.values()].some((own) => {
    if (own.length > maxNamesakes) return true;
    return own.some((one) =>
      own.some(
        (other) =>
          one !== other && isSame(tapes, { before: before[one] as number, after: after[other] as number }),
      ),
    );
  });
}

/** More items of one name are not compared with each other here. */
const maxNamesakes = 8;

/** What two items of a list must share to be compared with each other; null for what has no parts. */
function likenessOf(tape: JsonTape, node: number): string | null {
  if (kindOf(tape, node) === Kind.array) return "list";
  if (kindOf(tape, node) !== Kind.object) return null;
  for (const key of ["name", "id", "type"]) {
    const member = memberOf(tape, node, key);
    if (member === -1) continue;
    const kind = kindOf(tape, member);
    if (kind === Kind.string) return `${key} ${stringOf(tape, member)}`;
    // Rare enough to be made whole.
    if (kind === Kind.number) return null;
  }
  return "object";
}

function textMember(tape: JsonTape, node: number, key: string): string | null {
  if (kindOf(tape, node) !== Kind.object) return null;
  const member = memberOf(tape, node, key);
  return member !== -1 && kindOf(tape, member) === Kind.string ? stringOf(tape, member) : null;
}

function commonStart(tapes: Tapes, before: readonly number[], after: readonly number[]): number {
  const shorter = Math.min(before.length, after.length);
  let count = 0;
  while (count < shorter && isSame(tapes, { before: before[count] as number, after: after[count] as number }))
    count += 1;
  return count;
}

function isSame({ before, after, isSpelledAlike }: Tapes, nodes: Nodes): boolean {
  return isSpelledAlike
    ? bytesOf(before, nodes.before).equals(bytesOf(after, nodes.after))
    : sayTheSame({ tape: before, node: nodes.before }, { tape: after, node: nodes.after });
}

/** What stands for an equal value: a scalar itself; a list or an object something that equals nothing else. */
function mark(tape: JsonTape, node: number): JsonValue {
  const kind = kindOf(tape, node);
  if (kind !== Kind.array && kind !== Kind.object) return valueOf(tape, node);
  const identity = identityOf(node);
  if (kind === Kind.array) return [identity];
  const named = ["name", "type", "id"].flatMap((key): [string, JsonValue][] => {
    const text = textMember(tape, node, key);
    return text === null ? [] : [[key, text]];
  });
  return new Map<string, JsonValue>([...named, ["", identity]]);
}

/** No number of a document is spelled like this. */
function identityOf(node: number): JsonNumber {
  return new JsonNumber(`=${node}`);
}

function same(value: JsonValue): ChangedParts {
  return { before: value, after: value };
}

function whole(tapes: Tapes, nodes: Nodes): ChangedParts {
  return { before: valueOf(tapes.before, nodes.before), after: valueOf(tapes.after, nodes.after) };
}
