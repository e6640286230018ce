import { createHash } from "node:crypto";
import type { DigestRecordKind } from "./record.ts";

/** A manifest as bare digests may hash it; `canonical` is only asked for when the kind is of it. */
export interface BareSource {
  /** The valid JSON text in UTF-8, as the generator wrote it. */
  readonly raw: Uint8Array;
  readonly canonical: () => Uint8Array | string;
}

/** The digest that a bare record of this kind holds for a manifest. */
export function bareDigest(kind: DigestRecordKind, source: BareSource): string {
  return createHash(kind.algorithm).update(bareContent(kind, source)).digest("hex");
}

function bareContent({ of }: DigestRecordKind, { raw, canonical }: BareSource): Uint8Array | string {
  switch (of) {
    case "canonical":
      return canonical();
    case "raw":
      return raw;
    case "compact-line":
      return compactLine(raw);
  }
}

/**
 * A JSON text without the white space between its tokens, and one line feed at its end.
 * Nothing else changes: key order, escapes and number texts stay as written. The text must be valid JSON in UTF-8.
 */
export function compactLine(json: Uint8Array): Uint8Array {
  const line = new Uint8Array(json.length + 1);
  line.set(json);
  const text = { view: new DataView(line.buffer), end: json.length };
  const length = compact(text);
  line[length] = lineFeed;
  return line.subarray(0, length + 1);
}

/** A text that is rewritten in place, from left to right; its length is `end`. */
interface Text {
  readonly view: DataView;
  readonly end: number;
}

const lineFeed = 0x0a;
const space = 0x20;
const quote = 0x22;
const backslash = 0x5c;

// Four bytes at a time, as indentation and the inside of strings are nearly all of a manifest: twice as fast as by one.
const wordBytes = 4;
const spaces = 0x20202020;
const quotes = 0x22222222;
const backslashes = 0x5c5c5c5c;

/** Moves all tokens to the front; gives their length. */
function compact(text: Text): number {
  let from = 0;
  let to = 0;
  while (from < text.end) {
    const byte = text.view.getUint8(from);
    if (byte <= space) {
      from = skipSpaces(text, from + 1);
    } else if (byte === quote) {
      const end = moveString(text, from, to);
      to += end - from;
      from = end;
    } else {
      text.view.setUint8(to, byte);
      from += 1;
      to += 1;
    }
  }
  return to;
}

function skipSpaces({ view, end }: Text, start: number): number {
  const lastWord = end - wordBytes;
  let at = start;
  while (at <= lastWord && view.getInt32(at, true) === spaces) at += wordBytes;
  return at;
}

/** Moves the string that opens at `from`; gives the place behind its closing quote. */
function moveString({ view, end }: Text, from: number, to: number): number {
  const lastWord = end - wordBytes;
  const shift = to - from;
  view.setUint8(to, quote);
  let at = from + 1;
  for (;;) {
    while (at <= lastWord) {
      const word = view.getInt32(at, true);
      if (!isPlain(word)) break;
      view.setInt32(at + shift, word, true);
      at += wordBytes;
    }
    const byte = view.getUint8(at);
    view.setUint8(at + shift, byte);
    at += 1;
    if (byte === quote) return at;
    if (byte === backslash) {
      view.setUint8(at + shift, view.getUint8(at));
      at += 1;
    }
  }
}

/** Whether none of a word's four bytes is a quote or a backslash. */
function isPlain(word: number): boolean {
  return !hasZeroByte(word ^ quotes) && !hasZeroByte(word ^ backslashes);
}

function hasZeroByte(word: number): boolean {
  return ((word - 0x01010101) & ~word & 0x80808080) !== 0;
}
