import type { ByteWriter } from "./byte-writer.ts";
import { sortKeys, type KeyOrder } from "./key-order.ts";
import {
  KIND_MASK,
  Kind,
  NODE_SIZE,
  ORDER_SHIFT,
  UNSORTED,
  firstChild,
  keysOf,
  nextNode,
  type JsonTape,
} from "./tape.ts";

const SPACE = 0x20;
const COMMA = 0x2c;
const COLON = 0x3a;

/** How a document is spelled: two spellings exist, the canonical one and Python's. */
export interface JsonStyle {
  /** Whether a space follows commas and colons. */
  readonly spaced: boolean;
  readonly keyOrder: KeyOrder;
  /** The flags of a string (`RESPELLED`, `WIDE`) that keep it from being copied as it stands. */
  readonly respelledStrings: number;
  /** Writes a string that cannot be copied. */
  readonly writeString: (tape: JsonTape, node: number, writer: ByteWriter) => void;
  readonly writeNumber: (tape: JsonTape, node: number, writer: ByteWriter) => void;
}

/** Writes a node and all that is in it; recursion is bounded by the reader's depth. */
export function writeJson(tape: JsonTape, node: number, style: JsonStyle, writer: ByteWriter): void {
  const head = tape.nodes[node] as number;
  switch ((head & KIND_MASK) as Kind) {
    case Kind.object:
      return writeObject(tape, node, style, writer);
    case Kind.array:
      return writeArray(tape, node, style, writer);
    case Kind.string:
      if ((head & style.respelledStrings) !== 0) return style.writeString(tape, node, writer);
      return writeSpan(tape, node, writer);
    case Kind.number:
      return style.writeNumber(tape, node, writer);
    default:
      return writeSpan(tape, node, writer);
  }
}

function writeSeparator(byte: number, { spaced }: JsonStyle, writer: ByteWriter): void {
  writer.writeByte(byte);
  if (spaced) writer.writeByte(SPACE);
}

/** Writes a node as it stands in the text. */
export function writeSpan(tape: JsonTape, node: number, writer: ByteWriter): void {
  writer.writeSpan(tape, tape.nodes[node + 1] as number, tape.nodes[node + 2] as number);
}

function writeArray(tape: JsonTape, array: number, style: JsonStyle, writer: ByteWriter): void {
  const end = nextNode(tape, array);
  const first = firstChild(array);
  writer.writeByte(0x5b);
  for (let node = first; node < end; node = nextNode(tape, node)) {
    if (node !== first) writeSeparator(COMMA, style, writer);
    writeJson(tape, node, style, writer);
  }
  writer.writeByte(0x5d);
}

function writeObject(tape: JsonTape, object: number, style: JsonStyle, writer: ByteWriter): void {
  writer.writeByte(0x7b);
  const keys = sortedKeys(tape, object, style.keyOrder);
  if (keys !== undefined) {
    for (let index = 0; index < keys.length; index++) {
      if (index > 0) writeSeparator(COMMA, style, writer);
      writeMember(tape, keys[index] as number, style, writer);
    }
  } else {
    const end = nextNode(tape, object);
    const first = firstChild(object);
    for (let key = first; key < end; key = nextNode(tape, key + NODE_SIZE)) {
      if (key !== first) writeSeparator(COMMA, style, writer);
      writeMember(tape, key, style, writer);
    }
  }
  writer.writeByte(0x7d);
}

/** Writes a member, given its key node. */
function writeMember(tape: JsonTape, key: number, style: JsonStyle, writer: ByteWriter): void {
  writeJson(tape, key, style, writer);
  writeSeparator(COLON, style, writer);
  writeJson(tape, key + NODE_SIZE, style, writer);
}

/** The key nodes of an object in an order. */
export function keysInOrder(tape: JsonTape, object: number, order: KeyOrder): Iterable<number> {
  return sortedKeys(tape, object, order) ?? keysOf(tape, object);
}

/** The keys in an order, or undefined when they stand in it already. */
function sortedKeys(tape: JsonTape, object: number, order: KeyOrder): readonly number[] | undefined {
  const head = tape.nodes[object] as number;
  const keys = (head & UNSORTED) === 0 ? undefined : (tape.orders[head >>> ORDER_SHIFT] as readonly number[]);
  if (order === "utf-16" || !hasWideKey(tape, object)) return keys;
  return sortKeys(tape, keys === undefined ? keysOf(tape, object) : [...keys], order);
}

/** Whether a key may hold a character that the two orders place differently; escaped keys might. */
function hasWideKey(tape: JsonTape, object: number): boolean {
  const end = nextNode(tape, object);
  for (let key = firstChild(object); key < end; key = nextNode(tape, key + NODE_SIZE)) {
    if ((tape.nodes[key] as number) >> 3 !== 0) return true;
  }
  return false;
}
