import { sha256, type Sha256 } from "@imagegate/core";
import { isStoreKey, STORE_KINDS, type StoreKind } from "./path.ts";

/**
 * A pack is one file of many entries: the line below, the entries as they would stand in files of their own, an index,
 * and a line that says where the index begins. The file's name is the sha256 of the index, which names each entry and
 * its place, so that nothing in a pack has to be believed.
 */
export const PACK_HEADER = "imagegate-pack 1\n";

const END = /^imagegate-pack end (\d{15}) (\d{12}) (\d{6})\n$/;

/** Of the last line, which is always as long. */
export const PACK_END_BYTES = formatPackEnd({ start: 0, lines: 0, nameWidth: 0 }).length;

const SPACE = 0x20;

/** After a name and its spaces: ` OFFSET LENGTH\n`. */
const PLACE_WIDTH = 1 + 15 + 1 + 10 + 1;

/** Where an entry's bytes lie in its pack. */
export interface PackedPlace {
  readonly offset: number;
  readonly sizeBytes: number;
}

/** An entry as the index names it. */
export interface IndexedEntry extends PackedPlace {
  readonly kind: StoreKind;
  readonly key: string;
}

/** Where the index lies: lines of equal width, so that they can be searched as they stand. */
export interface PackEnd {
  readonly start: number;
  readonly lines: number;
  /** What a kind and a key take at most in this pack. */
  readonly nameWidth: number;
}

/** The name of an entry in an index. */
export function entryName(kind: StoreKind, key: string): string {
  return `${kind} ${key}`;
}

/** The index of entries, in the order of their names. */
export function formatPackIndex(entries: readonly IndexedEntry[]): {
  readonly text: string;
  readonly digest: Sha256;
  readonly nameWidth: number;
} {
  const named = entries.map((entry) => ({ name: entryName(entry.kind, entry.key), entry }));
  const nameWidth = named.reduce((width, { name }) => Math.max(width, name.length), 0);
  const lines = named
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(
      ({ name, entry }) =>
        `${name.padEnd(nameWidth)} ${digits(entry.offset, 15)} ${digits(entry.sizeBytes, 10)}\n`,
    );
  const text = lines.join("");
  return { text, digest: sha256(text), nameWidth };
}

/** The last line of a pack. */
export function formatPackEnd({ start, lines, nameWidth }: PackEnd): string {
  return `imagegate-pack end ${digits(start, 15)} ${digits(lines, 12)} ${digits(nameWidth, 6)}\n`;
}

/** Reads the last line of a pack of a known size; undefined when it cannot be one. */
export function parsePackEnd(text: string, packBytes: number): PackEnd | undefined {
  const fields = END.exec(text);
  if (fields === null) return undefined;
  const [start = 0, lines = 0, nameWidth = 0] = fields.slice(1).map(Number);
  const isWhole = start + lines * (nameWidth + PLACE_WIDTH) + PACK_END_BYTES === packBytes;
  return isWhole ? { start, lines, nameWidth } : undefined;
}

/** An index that is searched where it stands: a thousand entries cost no parsing. */
export class PackIndex {
  readonly #bytes: Buffer;
  readonly #end: PackEnd;
  readonly #lineWidth: number;

  constructor(bytes: Buffer, end: PackEnd) {
    this.#bytes = bytes;
    this.#end = end;
    this.#lineWidth = end.nameWidth + PLACE_WIDTH;
  }

  get size(): number {
    return this.#end.lines;
  }

  /** By bisection over the sorted names; `name` is what `entryName` gave, as bytes. */
  find(name: Buffer): PackedPlace | undefined {
    const { nameWidth, lines } = this.#end;
    if (name.length > nameWidth) return undefined;
    let [low, high] = [0, lines];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const start = middle * this.#lineWidth;
      const end = start + name.length;
      // A space follows each name, and stands before whatever a longer one goes on with.
      const order = name.compare(this.#bytes, start, end) || (this.#bytes[end] === SPACE ? 0 : -1);
      if (order === 0) return this.#placeAt(start + nameWidth);
      if (order < 0) high = middle;
      else low = middle + 1;
    }
    return undefined;
  }

  /** All entries, in the order of their names; a line that names none is left out. */
  *entries(): Generator<IndexedEntry> {
    for (let line = 0; line < this.#end.lines; line += 1) {
      const start = line * this.#lineWidth;
      const end = start + this.#end.nameWidth;
      const [name = "", key = ""] = this.#bytes.toString("latin1", start, end).trimEnd().split(" ");
      const kind = STORE_KINDS.find((candidate) => candidate === name);
      if (kind !== undefined && isStoreKey(key)) yield { kind, key, ...this.#placeAt(end) };
    }
  }

  #placeAt(position: number): PackedPlace {
    const offset = Number(this.#bytes.toString("latin1", position + 1, position + 16));
    const sizeBytes = Number(this.#bytes.toString("latin1", position + 17, position + 27));
    return { offset, sizeBytes };
  }
}

function digits(value: number, width: number): string {
  return String(value).padStart(width, "0");
}
