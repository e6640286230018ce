import { hash } from "node:crypto";
import { WORD_BYTES, isSpaceWord, isUnquotedWord } from "../json/words.ts";
import type { DigestRecordKind } from "./record.ts";

/** A manifest as bare digests may hash it; `canonical` is only asked for when the kind is of it. */
export interface BareSource {
  /** The valid JSON text in UTF-8, as the generator wrote it. */
  readonly raw: Uint8Array;
  readonly canonical: () => Uint8Array | string;
}

/** The digest that a bare record of this kind holds for a manifest. */
export function bareDigest(kind: DigestRecordKind, source: BareSource): string {
  return hash(kind.algorithm, bareContent(kind, source), "hex");
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
  const lastWord = end - WORD_BYTES;
  let at = start;
  while (at <= lastWord && isSpaceWord(view.getInt32(at, true))) at += WORD_BYTES;
  return at;
}

/** Moves the string that opens at `from`; gives the place behind its closing quote. */
function moveString({ view, end }: Text, from: number, to: number): number {
  const lastWord = end - WORD_BYTES;
  const shift = to - from;
  view.setUint8(to, quote);
  let at = from + 1;
  for (;;) {
    while (at <= lastWord) {
      const word = view.getInt32(at, true);
      if (!isUnquotedWord(word)) break;
      view.setInt32(at + shift, word, true);
      at += WORD_BYTES;
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
