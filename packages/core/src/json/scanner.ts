import { viewOf } from "./byte-writer.ts";
import { readEscape } from "./escape.ts";
import { textPosition, type JsonFailure } from "./failure.ts";
import { compareKeys, sortKeys } from "./key-order.ts";
import { readNumber, startsNumber } from "./number.ts";
import type { JsonPath } from "./pointer.ts";
import {
  ESCAPED,
  KIND_MASK,
  Kind,
  NODE_SIZE,
  ORDER_SHIFT,
  RESPELLED,
  UNSORTED,
  WIDE,
  nextNode,
  stringOf,
  type JsonTape,
} from "./tape.ts";
import { WORD_BYTES, isPlainWord, isSpaceWord } from "./words.ts";

/** Arrays and objects that may stand inside one another; osbuild's own reader gives up at about 1,000. */
export const MAX_DEPTH = 512;

const QUOTE = 0x22;
const COMMA = 0x2c;
const SLASH = 0x2f;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** What a byte of a string asks for: 0 nothing, 1 a flag (not ASCII, or U+007F), 2 a decision. */
const STRING_BYTE = new Uint8Array(256).map((_, byte) => {
  if (byte < 0x20 || byte === QUOTE || byte === BACKSLASH) return 2;
  return byte >= 0x7f ? 1 : 0;
});

/** One pass over the bytes; a class, because the position and the growing nodes are one lifetime. */
export class Scanner {
  failure: JsonFailure | undefined;
  readonly #bytes: Buffer;
  readonly #view: DataView;
  readonly #orders: Int32Array[] = [];
  /** The nodes so far, for those who read a tape. */
  #tape: JsonTape;
  /** The open containers, and the last key of each open object (-1 before the first). */
  readonly #open = new Int32Array(MAX_DEPTH);
  readonly #lastKeys = new Int32Array(MAX_DEPTH);
  #depth = 0;
  #nodes: Int32Array;
  #size = 0;
  #position = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
    // A node every 12 bytes is what compact manifests hold; indented ones have fewer.
    this.#nodes = new Int32Array(Math.max(64, Math.ceil(bytes.length / 12) * NODE_SIZE));
    this.#tape = { bytes, view: this.#view, nodes: this.#nodes, orders: this.#orders };
  }

  tape(): JsonTape {
    return this.#tape;
  }

  scanDocument(): boolean {
    this.#skipSpace();
    if (this.#position === this.#bytes.length) {
      this.failure = { reason: "json-empty" };
      return false;
    }
    if (!this.#scanValue()) return false;
    while (this.#depth > 0) if (!this.#scanNext()) return false;
    this.#skipSpace();
    return this.#position === this.#bytes.length || this.#refuse("the end of the text");
  }

  /** What follows inside the innermost open container: an element, a member or its end. */
  #scanNext(): boolean {
    const container = this.#open[this.#depth - 1] as number;
    const isFirst = this.#size === container + NODE_SIZE;
    const isObject = ((this.#nodes[container] as number) & KIND_MASK) === Kind.object;
    this.#skipSpace();
    const byte = this.#bytes[this.#position];
    if (byte === (isObject ? CLOSE_OBJECT : CLOSE_ARRAY)) return this.#close(container, isObject);
    if (!isFirst) {
      if (byte !== COMMA) return this.#refuse(isObject ? '"," or "}"' : '"," or "]"');
      this.#position += 1;
      this.#skipSpace();
    }
    if (isObject && !this.#scanKey(isFirst)) return false;
    return this.#scanValue();
  }

  #scanKey(isFirst: boolean): boolean {
    const level = this.#depth - 1;
    const previous = this.#lastKeys[level] as number;
    const key = this.#size;
    this.#lastKeys[level] = -1;
    if (this.#bytes[this.#position] !== QUOTE) return this.#refuse(isFirst ? 'a key or "}"' : "a key");
    if (!this.#scanString()) return false;
    if (previous >= 0 && compareKeys(this.#tape, previous, key, "utf-16") >= 0) {
      this.#nodes[this.#open[level] as number] = Kind.object | UNSORTED;
    }
    this.#lastKeys[level] = key;
    this.#skipSpace();
    if (this.#bytes[this.#position] !== COLON) return this.#refuse('":"');
    this.#position += 1;
    this.#skipSpace();
    return true;
  }

  #scanValue(): boolean {
    const byte = this.#bytes[this.#position] as number;
    if (byte === QUOTE) return this.#scanString();
    if (byte === OPEN_OBJECT) return this.#openContainer(Kind.object);
    if (byte === OPEN_ARRAY) return this.#openContainer(Kind.array);
    if (startsNumber(byte)) return this.#scanNumber();
    if (byte === 0x74) return this.#scanLiteral("true", Kind.true);
    if (byte === 0x66) return this.#scanLiteral("false", Kind.false);
    if (byte === 0x6e) return this.#scanLiteral("null", Kind.null);
    return this.#refuse("a value");
  }

  #openContainer(kind: Kind): boolean {
    if (this.#depth === MAX_DEPTH) {
      this.failure = {
        reason: "json-too-deep",
        at: textPosition(this.#bytes, this.#position),
        path: this.#path(),
        limit: MAX_DEPTH,
      };
      return false;
    }
    this.#open[this.#depth] = this.#size;
    this.#lastKeys[this.#depth] = -1;
    this.#depth += 1;
    this.#push(kind, this.#position, this.#position);
    this.#position += 1;
    return true;
  }

  #close(container: number, isObject: boolean): boolean {
    this.#position += 1;
    this.#nodes[container + 2] = this.#position;
    this.#nodes[container + 3] = this.#size;
    const isUnsorted = ((this.#nodes[container] as number) & UNSORTED) !== 0;
    if (isObject && isUnsorted && !this.#orderKeys(container)) return false;
    this.#depth -= 1;
    return true;
  }

  /** Sorts the keys of an object once for all who write it; equal neighbours are duplicates. */
  #orderKeys(container: number): boolean {
    const tape = this.#tape;
    const found: number[] = [];
    for (let key = container + NODE_SIZE; key < this.#size; key = nextNode(tape, key + NODE_SIZE))
      found.push(key);
    const keys = sortKeys(tape, Int32Array.from(found), "utf-16");
    for (let index = 1; index < keys.length; index++) {
      const left = keys[index - 1] as number;
      const right = keys[index] as number;
      if (compareKeys(tape, left, right, "utf-16") === 0) {
        return this.#refuseDuplicate(Math.max(left, right));
      }
    }
    this.#nodes[container] = Kind.object | UNSORTED | (this.#orders.length << ORDER_SHIFT);
    this.#orders.push(keys);
    return true;
  }

  #scanString(): boolean {
    const bytes = this.#bytes;
    const start = this.#position;
    let position = start + 1;
    let flags = 0;
    for (;;) {
      position = this.#skipPlain(position);
      const byte = bytes[position] as number;
      const what = STRING_BYTE[byte];
      if (what === 0) {
        position += 1;
      } else if (what === 1) {
        flags |= WIDE;
        position += 1;
      } else if (byte === QUOTE) {
        break;
      } else if (byte === BACKSLASH) {
        flags |= ESCAPED;
        this.#position = position;
        const length = this.#escapeLength();
        if (length === 0) return false;
        if (length > 2 || bytes[position + 1] === SLASH) flags |= RESPELLED;
        position += length;
      } else {
        this.#position = position;
        return this.#refuse("the end of a string");
      }
    }
    this.#position = position + 1;
    this.#push(Kind.string | flags, start, this.#position);
    return true;
  }

  /** The first place from `start` on whose word holds a byte that asks for something. */
  #skipPlain(start: number): number {
    const view = this.#view;
    const lastWord = view.byteLength - WORD_BYTES;
    let at = start;
    while (at <= lastWord && isPlainWord(view.getInt32(at, true))) at += WORD_BYTES;
    return at;
  }

  /** The bytes that the escape at the position takes, a surrogate pair whole; 0 when it is refused. */
  #escapeLength(): number {
    const escape = readEscape(this.#bytes, this.#position);
    if (escape.kind === "escape") return escape.length;
    if (escape.kind === "lone-surrogate") {
      const at = textPosition(this.#bytes, this.#position);
      this.failure = { reason: "json-lone-surrogate", at, path: this.#path() };
    } else {
      this.#refuse(escape.expected);
    }
    return 0;
  }

  #scanNumber(): boolean {
    const start = this.#position;
    const number = readNumber(this.#bytes, start);
    this.#position = number.end;
    if (number.expected !== null) return this.#refuse(number.expected);
    this.#push(Kind.number, start, number.end);
    return true;
  }

  #scanLiteral(text: string, kind: Kind): boolean {
    const start = this.#position;
    for (let index = 1; index < text.length; index++) {
      if (this.#bytes[start + index] !== text.charCodeAt(index)) return this.#refuse("a value");
    }
    this.#position = start + text.length;
    this.#push(kind, start, this.#position);
    return true;
  }

  #skipSpace(): void {
    const bytes = this.#bytes;
    const view = this.#view;
    const lastWord = view.byteLength - WORD_BYTES;
    let position = this.#position;
    for (;;) {
      const byte = bytes[position];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
      position += 1;
      // Indentation is spaces, and a quarter of many manifests.
      while (position <= lastWord && isSpaceWord(view.getInt32(position, true))) position += WORD_BYTES;
    }
    this.#position = position;
  }

  #push(head: number, start: number, end: number): void {
    if (this.#size + NODE_SIZE > this.#nodes.length) {
      const grown = new Int32Array(this.#nodes.length * 2);
      grown.set(this.#nodes);
      this.#nodes = grown;
      this.#tape = { ...this.#tape, nodes: grown };
    }
    const nodes = this.#nodes;
    const node = this.#size;
    nodes[node] = head;
    nodes[node + 1] = start;
    nodes[node + 2] = end;
    nodes[node + 3] = node + NODE_SIZE;
    this.#size = node + NODE_SIZE;
  }

  #refuse(expected: string): false {
    const rest = this.#bytes.subarray(this.#position, this.#position + 4).toString("utf8");
    const found = rest === "" ? null : String.fromCodePoint(rest.codePointAt(0) as number);
    const at = textPosition(this.#bytes, this.#position);
    this.failure = { reason: "json-syntax", at, path: this.#path(), expected, found };
    return false;
  }

  #refuseDuplicate(keyNode: number): false {
    const key = stringOf(this.#tape, keyNode);
    const at = textPosition(this.#bytes, this.#nodes[keyNode + 1] as number);
    this.#lastKeys[this.#depth - 1] = keyNode;
    this.failure = { reason: "json-duplicate-key", at, path: this.#path(), key };
    return false;
  }

  /** Keys and indices that lead to the innermost place reached (an object, while its key is read); only for failures. */
  #path(): JsonPath {
    return Array.from(this.#open.subarray(0, this.#depth)).flatMap<string | number>((container, level) => {
      const lastKey = this.#lastKeys[level] as number;
      if (((this.#nodes[container] as number) & KIND_MASK) === Kind.object) {
        return lastKey < 0 ? [] : [stringOf(this.#tape, lastKey)];
      }
      const inner = level + 1 < this.#depth ? (this.#open[level + 1] as number) : this.#size;
      let index = 0;
      for (let node = container + NODE_SIZE; node < inner; node = this.#nodes[node + 3] as number) index += 1;
      return [index];
    });
  }
}
