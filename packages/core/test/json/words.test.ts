import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { viewOf } from "../../src/json/byte-writer.ts";
import { isPlainWord, isSpaceWord, isUnquotedWord, skipPlain, skipSpace } from "../../src/json/words.ts";

/** A word whose byte at a place is one byte, and whose other three are another. */
function wordWith(byte: number, place: number, other: number): number {
  return [0, 1, 2, 3].reduce((word, at) => word | ((at === place ? byte : other) << (at * 8)), 0);
}

const isUnquoted = (byte: number): boolean => byte !== 0x22 && byte !== 0x5c;
const isPlain = (byte: number): boolean => isUnquoted(byte) && byte >= 0x20 && byte < 0x7f;

describe("words of four bytes, against a look at each byte", () => {
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);

  it.each([0x20, 0x21, 0x23, 0x5b, 0x5d, 0x7e])("every byte at every place among %i", (other) => {
    for (const place of [0, 1, 2, 3]) {
      for (const byte of bytes) {
        const word = wordWith(byte, place, other);
        expect([byte, isUnquotedWord(word)]).toEqual([byte, isUnquoted(byte)]);
        expect([byte, isPlainWord(word)]).toEqual([byte, isPlain(byte)]);
        expect([byte, isSpaceWord(word)]).toEqual([byte, byte === 0x20 && other === 0x20]);
      }
    }
  });
});

/** Where the bytes from `start` on end that are skipped. */
function end(bytes: Uint8Array, start: number, skips: (byte: number) => boolean): number {
  const found = bytes.subarray(start).findIndex((byte) => !skips(byte));
  return found === -1 ? bytes.length : start + found;
}

describe("what is skipped, against a look at each byte", () => {
  const space = new Set([0x20, 0x0a, 0x0d, 0x09]);
  const texts = fc
    .array(fc.oneof(fc.constantFrom(0x20, 0x20, 0x0a, 0x09, 0x0d, 0x61, 0x22, 0x5c, 0x7f), fc.nat(255)), {
      maxLength: 40,
    })
    .map((bytes) => Uint8Array.from(bytes));

  it("is all white space, and all that a string holds as it is", () => {
    fc.assert(
      fc.property(texts, fc.nat(40), (bytes, offset) => {
        const start = Math.min(offset, bytes.length);
        expect(skipSpace(bytes, viewOf(bytes), start)).toBe(end(bytes, start, (byte) => space.has(byte)));
        expect(skipPlain(bytes, viewOf(bytes), start)).toBe(end(bytes, start, isPlain));
      }),
      { numRuns: 300 },
    );
  });
});
