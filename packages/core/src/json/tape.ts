import type { JsonPath } from "./pointer.ts";

/** What a node of a tape is. */
export const Kind = { null: 0, true: 1, false: 2, number: 3, string: 4, array: 5, object: 6 } as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

/** The lowest three bits of a node's head. */
export const KIND_MASK = 7;
/** A string that holds a backslash. */
export const ESCAPED = 8;
/** A string that holds a byte outside U+0020…U+007E. */
export const WIDE = 16;
/** A string that holds `\/` or `\uXXXX`: escapes that JSON.stringify and Python may spell otherwise. */
export const RESPELLED = 32;
/** An object whose keys are not in strictly ascending order; the head's upper bits index `JsonTape.orders`. */
export const UNSORTED = 32;
/** How far the index into `JsonTape.orders` is shifted in a head. */
export const ORDER_SHIFT = 6;
/** Integers a node takes. */
export const NODE_SIZE = 4;

/**
 * A JSON document as flat nodes over its text, in the order of the text; nothing of the text is copied.
 *
 * A node is four integers: head (kind, flags), start and end (byte offsets, quotes and brackets included), and
 * next (the node after its subtree). An object's children alternate key and value. Node 0 is the document.
 */
export interface JsonTape {
  readonly bytes: Buffer;
  /** The same bytes. */
  readonly view: DataView;
  readonly nodes: Int32Array;
  /** Key nodes of each unsorted object, sorted by UTF-16 code unit. */
  readonly orders: readonly (readonly number[])[];
}

/** The node of the whole document. */
export const ROOT = 0;

/** What a node is. */
export function kindOf(tape: JsonTape, node: number): Kind {
  return ((tape.nodes[node] as number) & KIND_MASK) as Kind;
}

/** The first child of an array, or the first key of an object; `endOf` the container when it is empty. */
export function firstChild(node: number): number {
  return node + NODE_SIZE;
}

/** The node after a node and all that is in it: its next sibling, or the end of its container. */
export function nextNode(tape: JsonTape, node: number): number {
  return tape.nodes[node + 3] as number;
}

/** The bytes of a node as written, quotes and brackets included; a view, not a copy. */
export function bytesOf(tape: JsonTape, node: number): Buffer {
  return tape.bytes.subarray(tape.nodes[node + 1], tape.nodes[node + 2]);
}

/** The text of a string node, decoded. */
export function stringOf(tape: JsonTape, node: number): string {
  const head = tape.nodes[node] as number;
  const start = tape.nodes[node + 1] as number;
  const end = tape.nodes[node + 2] as number;
  if ((head & ESCAPED) !== 0) return JSON.parse(tape.bytes.toString("utf8", start, end)) as string;
  if ((head & WIDE) !== 0) return tape.bytes.toString("utf8", start + 1, end - 1);
  return tape.bytes.toString("latin1", start + 1, end - 1);
}

/** The elements of an array, in order. */
export function elementsOf(tape: JsonTape, array: number): number[] {
  const elements: number[] = [];
  const end = nextNode(tape, array);
  for (let node = firstChild(array); node < end; node = nextNode(tape, node)) elements.push(node);
  return elements;
}

/** The key nodes of an object, in the order of the text. */
export function keysOf(tape: JsonTape, object: number): number[] {
  const keys: number[] = [];
  const end = nextNode(tape, object);
  for (let key = firstChild(object); key < end; key = nextNode(tape, key + NODE_SIZE)) keys.push(key);
  return keys;
}

/** The value node of an object's member, or -1 when the object has no such key. */
export function memberOf(tape: JsonTape, object: number, key: string): number {
  const end = nextNode(tape, object);
  for (let keyNode = firstChild(object); keyNode < end;) {
    const valueNode = keyNode + NODE_SIZE;
    if (isKey(tape, keyNode, key)) return valueNode;
    keyNode = nextNode(tape, valueNode);
  }
  return -1;
}

function isKey(tape: JsonTape, keyNode: number, key: string): boolean {
  const flags = (tape.nodes[keyNode] as number) & (ESCAPED | WIDE);
  if (flags !== 0) return stringOf(tape, keyNode) === key;
  const start = (tape.nodes[keyNode + 1] as number) + 1;
  const length = (tape.nodes[keyNode + 2] as number) - 1 - start;
  if (length !== key.length) return false;
  for (let index = 0; index < length; index++) {
    if (tape.bytes[start + index] !== key.charCodeAt(index)) return false;
  }
  return true;
}

/** The way from the root to a node (to its value, for a key); walks the document, so for messages only. */
export function pathOf(tape: JsonTape, target: number): JsonPath {
  const path: (string | number)[] = [];
  let node: number = ROOT;
  while (node !== target) {
    const isObject = kindOf(tape, node) === Kind.object;
    const children = isObject ? keysOf(tape, node) : elementsOf(tape, node);
    let index = 0;
    for (const child of children) {
      const value = isObject ? child + NODE_SIZE : child;
      if (target < nextNode(tape, value)) {
        path.push(isObject ? stringOf(tape, child) : index);
        node = value;
        break;
      }
      index += 1;
    }
    if (target < node) return path;
  }
  return path;
}

/** The members of a document's object as they are written, by key; null when the document is no object. */
export function rawMembers(tape: JsonTape): ReadonlyMap<string, Uint8Array> | null {
  if (kindOf(tape, ROOT) !== Kind.object) return null;
  return new Map(
    Array.from(keysOf(tape, ROOT), (key) => [stringOf(tape, key), bytesOf(tape, key + NODE_SIZE)]),
  );
}
