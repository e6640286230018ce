import { describe, expect, it } from "vitest";
import { isPlainWord, isSpaceWord, isUnquotedWord } from "../../src/json/words.ts";

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
