import { sha256 } from "@imagegate/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  entryName,
  formatPackEnd,
  formatPackIndex,
  PackIndex,
  parsePackEnd,
  type IndexedEntry,
} from "../../src/store/pack-index.ts";
import { STORE_KINDS, type StoreKind } from "../../src/store/path.ts";

const indexedEntry: fc.Arbitrary<IndexedEntry> = fc.record({
  kind: fc.constantFrom(...STORE_KINDS),
  key: fc.uint8Array({ minLength: 20, maxLength: 64 }).map((bytes) => Buffer.from(bytes).toString("hex")),
  offset: fc.nat({ max: 2 ** 40 }),
  sizeBytes: fc.nat({ max: 2 ** 30 }),
});
const indexedEntries = fc.uniqueArray(indexedEntry, { selector: ({ kind, key }) => entryName(kind, key) });

function indexOf(entries: readonly IndexedEntry[]): PackIndex {
  const { text, nameWidth } = formatPackIndex(entries);
  return new PackIndex(Buffer.from(text), { start: 0, lines: entries.length, nameWidth });
}

function nameOf(kind: StoreKind, key: string): Buffer {
  return Buffer.from(entryName(kind, key), "latin1");
}

test("a key that another one begins with is told from it", () => {
  const [short, middle, long] = [20, 24, 32].map((bytes) => "ab".repeat(bytes)) as [string, string, string];
  const places = { offset: 1, sizeBytes: 2 };
  const index = indexOf([
    { kind: "manifest", key: short, ...places },
    { kind: "manifest", key: long, ...places },
  ]);
  expect(index.find(nameOf("manifest", short))).toEqual(places);
  expect(index.find(nameOf("manifest", long))).toEqual(places);
  expect(index.find(nameOf("manifest", middle))).toBeUndefined();
});

test("each entry is found at its place, in whatever order they were given, and no other", () => {
  fc.assert(
    fc.property(indexedEntries, indexedEntry, (entries, other) => {
      const index = indexOf(entries);
      for (const { kind, key, offset, sizeBytes } of entries) {
        expect(index.find(nameOf(kind, key))).toEqual({ offset, sizeBytes });
      }
      const isIn = entries.some(({ kind, key }) => kind === other.kind && key === other.key);
      expect(index.find(nameOf(other.kind, other.key)) !== undefined).toBe(isIn);
      const names = [...index.entries()].map(({ kind, key }) => entryName(kind, key));
      expect(names).toEqual(entries.map(({ kind, key }) => entryName(kind, key)).toSorted());
    }),
  );
});

test("the digest of an index does not depend on the order of its entries", () => {
  fc.assert(
    fc.property(indexedEntries, (entries) => {
      const { text, digest } = formatPackIndex(entries);
      expect(formatPackIndex(entries.toReversed()).digest).toBe(digest);
      expect(sha256(text)).toBe(digest);
    }),
  );
});

test("the last line says where the index begins, and must fit the size of the file", () => {
  const end = { start: 1000, lines: 3, nameWidth: 76 };
  const line = formatPackEnd(end);
  const packBytes = 1000 + 3 * (76 + 28) + line.length;
  expect(parsePackEnd(line, packBytes)).toEqual(end);
  expect(parsePackEnd(line, packBytes - 1)).toBeUndefined();
  expect(parsePackEnd(line.replace("end", "End"), packBytes)).toBeUndefined();
});
