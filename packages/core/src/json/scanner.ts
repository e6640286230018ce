import { viewOf } from "./byte-writer.ts";
import { readEscape } from "./escape.ts";
import type { JsonFailure } from "./failure.ts";
import { compareKeys, sortKeys } from "./key-order.ts";
import { readNumber, startsNumber } from "./number.ts";
import {
  duplicateKeyFailure,
  loneSurrogateFailure,
  syntaxFailure,
  tooDeepFailure,
  type ScanState,
} from "./scan-failure.ts";
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
  type JsonTape,
} from "./tape.ts";
import { skipPlain, skipSpace } from "./words.ts";

/** Arrays and objects that may stand inside one another; osbuild's own reader gives up at about 1,000. */
export const MAX_DEPTH = 512;

const QUOTE = 0x22;
const COMMA = 0x2c;
const SLASH = 0x2f;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const LETTER_N = 0x6e;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** What may stand at a position. */
const VALUE = 0;
const KEY = 1;
/** The colon after a key. */
const AFTER_KEY = 2;
/** The first element or member of a container, or its end. */
const FIRST = 3;
/** A comma, or the end of the container. */
const NEXT = 4;

/** Where a scan ends that is refused. */
const REFUSED = -1;

/** How far a scan has come. */
type Progress = Pick<ScanState, "position" | "size" | "depth">;

/** One pass over the bytes; a class, because the growing nodes and what reads them are one lifetime. */
export class Scanner {
  failure: JsonFailure | undefined;
  readonly #bytes: Buffer;
  readonly #view: DataView;
  readonly #orders: (readonly number[])[] = [];
  #nodes: Int32Array;
  /** The nodes so far, for those who read a tape. */
  #tape: JsonTape;
  readonly #open = new Int32Array(MAX_DEPTH);
  readonly #lastKeys = new Int32Array(MAX_DEPTH);
  /** Where the token that was read last ends. */
  #tokenEnd = 0;

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
    const start = skipSpace(this.#bytes, this.#view, 0);
    if (start === this.#bytes.length) {
      this.failure = { reason: "json-empty" };
      return false;
    }
    const end = this.#scanFrom(start);
    if (end === REFUSED) return false;
    const rest = skipSpace(this.#bytes, this.#view, end);
    if (rest === this.#bytes.length) return true;
    this.#refuse({ position: rest, size: 0, depth: 0 }, "the end of the text");
    return false;
  }

  /**
   * Scans the value at `start`; where it ends, or `REFUSED`.
   *
   * One loop: position, size and depth change with every token, and as fields of an object they would cost nearly
   * three times as much as in variables (docs/performance.md).
   */
  #scanFrom(start: number): number {
    const bytes = this.#bytes;
    const view = this.#view;
    const open = this.#open;
    const lastKeys = this.#lastKeys;
    let nodes = this.#nodes;
    let position = start;
    let size = 0;
    let depth = 0;
    let container = 0;
    let isObject = false;
    let expected = VALUE;
    for (;;) {
      position = skipSpace(bytes, view, position);
      const byte = bytes[position] as number;
      if (expected >= FIRST) {
        if (byte === (isObject ? CLOSE_OBJECT : CLOSE_ARRAY)) {
          position += 1;
          nodes[container + 2] = position;
          nodes[container + 3] = size;
          const isUnsorted = isObject && ((nodes[container] as number) & UNSORTED) !== 0;
          if (isUnsorted && !this.#orderKeys(container, { position, size, depth })) return REFUSED;
          depth -= 1;
          if (depth === 0) return position;
          container = open[depth - 1] as number;
          isObject = ((nodes[container] as number) & KIND_MASK) === Kind.object;
          expected = NEXT;
          continue;
        }
        if (expected === NEXT) {
          if (byte !== COMMA)
            return this.#refuse({ position, size, depth }, isObject ? '"," or "}"' : '"," or "]"');
          position += 1;
          expected = isObject ? KEY : VALUE;
          continue;
        }
        expected = isObject ? KEY : VALUE;
      } else if (expected === AFTER_KEY) {
        if (byte !== COLON) return this.#refuse({ position, size, depth }, '":"');
        position += 1;
        expected = VALUE;
        continue;
      }

      const previousKey = expected === KEY ? (lastKeys[depth - 1] as number) : REFUSED;
      if (expected === KEY) lastKeys[depth - 1] = -1;
      const tokenStart = position;
      let head: number;
      if (byte === QUOTE) {
        position = skipPlain(bytes, view, position + 1);
        head = Kind.string;
        if (bytes[position] === QUOTE) {
          position += 1;
        } else {
          head = this.#scanRestOfString({ position, size, depth });
          if (head === REFUSED) return REFUSED;
          position = this.#tokenEnd;
        }
      } else if (expected === KEY) {
        return this.#refuse({ position, size, depth }, previousKey === -1 ? 'a key or "}"' : "a key");
      } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        if (depth === MAX_DEPTH) return this.#refuseDepth({ position, size, depth });
        head = byte === OPEN_OBJECT ? Kind.object : Kind.array;
        position += 1;
      } else {
        head = this.#scanScalar({ position, size, depth });
        if (head === REFUSED) return REFUSED;
        position = this.#tokenEnd;
      }

      if (size + NODE_SIZE > nodes.length) nodes = this.#growNodes();
      const node = size;
      size += NODE_SIZE;
      nodes[node] = head;
      nodes[node + 1] = tokenStart;
      nodes[node + 2] = position;
      nodes[node + 3] = size;
      if (expected === KEY) {
        if (previousKey !== -1 && compareKeys(this.#tape, previousKey, node, "utf-16") >= 0)
          nodes[container] = Kind.object | UNSORTED;
        lastKeys[depth - 1] = node;
        expected = AFTER_KEY;
      } else if (head === Kind.object || head === Kind.array) {
        isObject = head === Kind.object;
        container = node;
        open[depth] = node;
        lastKeys[depth] = -1;
        depth += 1;
        expected = FIRST;
      } else {
        if (depth === 0) return position;
        expected = NEXT;
      }
    }
  }

  /** The head of a string whose position holds its first byte that is not plain. */
  #scanRestOfString(progress: Progress): number {
    const bytes = this.#bytes;
    const view = this.#view;
    let position = progress.position;
    let head: number = Kind.string;
    for (;;) {
      const byte = bytes[position] as number;
      if (byte === QUOTE) {
        this.#tokenEnd = position + 1;
        return head;
      }
      if (byte === BACKSLASH && bytes[position + 1] === LETTER_N) {
        // Texts of many lines are the longest strings there are.
        head |= ESCAPED;
        position += 2;
      } else if (byte === BACKSLASH) {
        const length = this.#escapeLength({ ...progress, position });
        if (length === REFUSED) return REFUSED;
        head |= length > 2 || bytes[position + 1] === SLASH ? ESCAPED | RESPELLED : ESCAPED;
        position += length;
      } else if (byte >= 0x7f) {
        head |= WIDE;
        position += 1;
      } else {
        return this.#refuse({ ...progress, position }, "the end of a string");
      }
      position = skipPlain(bytes, view, position);
    }
  }

  /** The bytes that the escape at the position takes, a surrogate pair whole. */
  #escapeLength(progress: Progress): number {
    const escape = readEscape(this.#bytes, progress.position);
    if (escape.kind === "escape") return escape.length;
    if (escape.kind === "malformed") return this.#refuse(progress, escape.expected);
    this.failure = loneSurrogateFailure(this.#state(progress));
    return REFUSED;
  }

  /** The head of the number or the word at the position. */
  #scanScalar(progress: Progress): number {
    const { position } = progress;
    const byte = this.#bytes[position] as number;
    if (startsNumber(byte)) {
      const number = readNumber(this.#bytes, position);
      if (number.expected !== null)
        return this.#refuse({ ...progress, position: number.end }, number.expected);
      this.#tokenEnd = number.end;
      return Kind.number;
    }
    for (const [text, kind] of WORDS) {
      if (!this.#bytes.subarray(position, position + text.length).equals(text)) continue;
      this.#tokenEnd = position + text.length;
      return kind;
    }
    return this.#refuse(progress, "a value");
  }

  /** Sorts the keys of an object once for all who write it; equal neighbours are duplicates. */
  #orderKeys(container: number, progress: Progress): boolean {
    const tape = this.#tape;
    const keys = sortKeys(tape, keysFrom(tape, container, progress.size), "utf-16");
    for (let index = 1; index < keys.length; index++) {
      const left = keys[index - 1] as number;
      const right = keys[index] as number;
      if (compareKeys(tape, left, right, "utf-16") === 0) {
        this.failure = duplicateKeyFailure(this.#state(progress), Math.max(left, right));
        return false;
      }
    }
    this.#nodes[container] = Kind.object | UNSORTED | (this.#orders.length << ORDER_SHIFT);
    this.#orders.push(keys);
    return true;
  }

  #growNodes(): Int32Array {
    const grown = new Int32Array(this.#nodes.length * 2);
    grown.set(this.#nodes);
    this.#nodes = grown;
    this.#tape = { ...this.#tape, nodes: grown };
    return grown;
  }

  #refuse(progress: Progress, expected: string): typeof REFUSED {
    this.failure = syntaxFailure(this.#state(progress), expected);
    return REFUSED;
  }

  #refuseDepth(progress: Progress): typeof REFUSED {
    this.failure = tooDeepFailure(this.#state(progress), MAX_DEPTH);
    return REFUSED;
  }

  #state(progress: Progress): ScanState {
    return { tape: this.#tape, open: this.#open, lastKeys: this.#lastKeys, ...progress };
  }
}

const WORDS = [
  [Buffer.from("true"), Kind.true],
  [Buffer.from("false"), Kind.false],
  [Buffer.from("null"), Kind.null],
] as const;

/** The key nodes of an object whose nodes end before `end`. */
function keysFrom(tape: JsonTape, object: number, end: number): number[] {
  const keys: number[] = [];
  for (let key = object + NODE_SIZE; key < end; key = nextNode(tape, key + NODE_SIZE)) keys.push(key);
  return keys;
}
