const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const LOWER_E = 0x65;
const LOWER_CASE = 0x20;

/** Whether a byte begins a number. */
export function startsNumber(byte: number): boolean {
  return byte === MINUS || isDigit(byte);
}

/** Where a number ends, or where and why it is none (RFC 8259 §6). */
export interface ReadNumber {
  readonly end: number;
  readonly expected: string | null;
}

/** Reads the number that begins at an offset. */
export function readNumber(bytes: Uint8Array, start: number): ReadNumber {
  const first = bytes[start] === MINUS ? start + 1 : start;
  let end = skipDigits(bytes, first);
  if (end === first) return { end, expected: "a digit" };
  if (bytes[first] === ZERO && end > first + 1)
    return { end: start, expected: "a number without leading zeros" };
  if (bytes[end] === POINT) {
    const fraction = end + 1;
    end = skipDigits(bytes, fraction);
    if (end === fraction) return { end, expected: "a digit" };
  }
  if (((bytes[end] as number) | LOWER_CASE) === LOWER_E) {
    const sign = bytes[end + 1];
    const exponent = sign === MINUS || sign === PLUS ? end + 2 : end + 1;
    end = skipDigits(bytes, exponent);
    if (end === exponent) return { end, expected: "a digit" };
  }
  return { end, expected: null };
}

function skipDigits(bytes: Uint8Array, start: number): number {
  let at = start;
  while (isDigit(bytes[at] as number)) at += 1;
  return at;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}
