/** Bytes looked at at once: indentation and the inside of strings are nearly all of a manifest. */
export const WORD_BYTES = 4;

const ONES = 0x01010101;
const HIGH_BITS = 0x80808080;
const SPACES = wordOf(0x20);
const QUOTES = wordOf(0x22);
const BACKSLASHES = wordOf(0x5c);

/** A word of four equal bytes. */
function wordOf(byte: number): number {
  return byte * ONES;
}

/** Whether all four bytes are spaces. */
export function isSpaceWord(word: number): boolean {
  return word === SPACES;
}

/** Whether none of the four bytes is a quote or a backslash. */
export function isUnquotedWord(word: number): boolean {
  return (zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES)) === 0;
}

/** Whether all four bytes are ASCII that a string may hold as it is: no quote, backslash, control or U+007F. */
export function isPlainWord(word: number): boolean {
  const controls = (word - SPACES) & ~word;
  // One more than U+007F has the high bit, as all bytes beyond ASCII have.
  const wide = (word + ONES) | word;
  return (zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES) | ((controls | wide) & HIGH_BITS)) === 0;
}

/** Not zero when one of the four bytes is zero. */
function zeroBytes(word: number): number {
  return (word - ONES) & ~word & HIGH_BITS;
}
