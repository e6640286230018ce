/** Bytes looked at at once: indentation and the inside of strings are nearly all of a manifest. */
export const WORD_BYTES = 4;

const ONES = 0x01010101;
// As a signed integer, which words are.
const HIGH_BITS = 0x80808080 | 0;
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
  // A high bit of the first three: beyond ASCII, U+007F, a control. Bytes that pass those have none themselves, and then
  // one less than zero is the only one that gets it.
  const others = word | (word + ONES) | (word - SPACES);
  return ((others | ((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES)) & HIGH_BITS) === 0;
}

/** Not zero when one of the four bytes is zero. */
function zeroBytes(word: number): number {
  return (word - ONES) & ~word & HIGH_BITS;
}

/** The first place from `start` on that is no white space. */
export function skipSpace(bytes: Uint8Array, view: DataView, start: number): number {
  const lastWord = bytes.length - WORD_BYTES;
  let at = start;
  for (;;) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at;
    at += 1;
    // Indentation is spaces, and a quarter of many manifests.
    while (at <= lastWord && isSpaceWord(view.getInt32(at, true))) at += WORD_BYTES;
  }
}

/** The first place from `start` on that holds no byte which a string may hold as it is: the quote, as a rule. */
export function skipPlain(bytes: Uint8Array, view: DataView, start: number): number {
  const lastWord = bytes.length - WORD_BYTES;
  let at = start;
  while (at <= lastWord && isPlainWord(view.getInt32(at, true))) at += WORD_BYTES;
  while (IS_PLAIN[bytes[at] as number] === 1) at += 1;
  return at;
}

/** By byte: 1 for those of `isPlainWord`. */
const IS_PLAIN = new Uint8Array(256).map((_, byte) =>
  byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c ? 1 : 0,
);
