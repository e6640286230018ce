/** An escape sequence of a string, a surrogate pair counting as one; or what is wrong with it. */
export type ReadEscape =
  | { readonly kind: "escape"; readonly length: number }
  | { readonly kind: "lone-surrogate" }
  | { readonly kind: "malformed"; readonly expected: string };

const SHORT_ESCAPES = '"\\/bfnrt';
const UNICODE = 0x75;

/** Reads the escape whose backslash stands at an offset (RFC 8259 §7). */
export function readEscape(bytes: Buffer, offset: number): ReadEscape {
  const letter = bytes[offset + 1] as number;
  if (letter !== UNICODE) {
    const isKnown = SHORT_ESCAPES.includes(String.fromCharCode(letter));
    return isKnown ? { kind: "escape", length: 2 } : { kind: "malformed", expected: "an escape sequence" };
  }
  const unit = readUnit(bytes, offset);
  if (unit === -1) return { kind: "malformed", expected: "an escape of four hexadecimal digits" };
  if (unit < 0xd800 || unit > 0xdfff) return { kind: "escape", length: 6 };
  const low = readUnit(bytes, offset + 6);
  const isPair = unit < 0xdc00 && low >= 0xdc00 && low <= 0xdfff;
  return isPair ? { kind: "escape", length: 12 } : { kind: "lone-surrogate" };
}

/** The code unit of an escape `\uXXXX`, or -1. */
function readUnit(bytes: Buffer, offset: number): number {
  const text = bytes.toString("latin1", offset, Math.min(offset + 6, bytes.length));
  return /^\\u[0-9A-Fa-f]{4}$/.test(text) ? Number.parseInt(text.slice(2), 16) : -1;
}
