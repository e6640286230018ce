import { ESCAPED, stringOf, type JsonTape } from "./tape.ts";

/** By UTF-16 code unit, as `Array.prototype.sort` orders texts; or by code point, as Python does. */
export type KeyOrder = "utf-16" | "code-point";

/** The first byte of UTF-8 from which the two orders part: U+E000 and beyond. */
const PARTING_BYTE = 0xee;
const ASTRAL_BYTE = 0xf0;

/** Compares two string nodes in an order: negative, zero (the same text, however spelled) or positive. */
export function compareKeys(tape: JsonTape, left: number, right: number, order: KeyOrder): number {
  const { bytes, nodes } = tape;
  if ((((nodes[left] as number) | (nodes[right] as number)) & ESCAPED) !== 0) {
    const leftBytes = Buffer.from(stringOf(tape, left), "utf8");
    const rightBytes = Buffer.from(stringOf(tape, right), "utf8");
    return compareUtf8(leftBytes, 0, leftBytes.length, rightBytes, 0, rightBytes.length, order);
  }
  return compareUtf8(
    bytes,
    (nodes[left + 1] as number) + 1,
    (nodes[left + 2] as number) - 1,
    bytes,
    (nodes[right + 1] as number) + 1,
    (nodes[right + 2] as number) - 1,
    order,
  );
}

/** Seven numbers instead of two views: this runs once a key of every document. */
function compareUtf8(
  left: Uint8Array,
  leftStart: number,
  leftEnd: number,
  right: Uint8Array,
  rightStart: number,
  rightEnd: number,
  order: KeyOrder,
): number {
  const length = Math.min(leftEnd - leftStart, rightEnd - rightStart);
  for (let index = 0; index < length; index++) {
    const a = left[leftStart + index] as number;
    const b = right[rightStart + index] as number;
    if (a === b) continue;
    // Surrogates sort below U+E000 by code unit, the characters that they stand for above it by code point.
    const isParting = order === "utf-16" && a >= PARTING_BYTE && b >= PARTING_BYTE;
    if (isParting && a >= ASTRAL_BYTE !== b >= ASTRAL_BYTE) return b - a;
    return a - b;
  }
  return leftEnd - leftStart - (rightEnd - rightStart);
}

/** The key nodes in an order; insertion sort, since most objects have a handful of keys. */
export function sortKeys(tape: JsonTape, keys: number[], order: KeyOrder): readonly number[] {
  if (keys.length > 32) return keys.sort((left, right) => compareKeys(tape, left, right, order));
  for (let index = 1; index < keys.length; index++) {
    const key = keys[index] as number;
    let hole = index;
    while (hole > 0 && compareKeys(tape, keys[hole - 1] as number, key, order) > 0) {
      keys[hole] = keys[hole - 1] as number;
      hole -= 1;
    }
    keys[hole] = key;
  }
  return keys;
}
