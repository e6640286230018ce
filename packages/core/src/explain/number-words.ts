import type { Occurrence } from "./lines.ts";

/** `, now a multiple of 2,048`, where all new values are one of a power of two that not all old ones were. */
export function commonMultiple(occurrences: readonly Occurrence[]): string {
  const pairs = occurrences.flatMap(({ item }) => item.values);
  const [old, now] = [
    pairs.reduce((bits, { before }) => bits | bitsOf(before), 0n),
    pairs.reduce((bits, { after }) => bits | bitsOf(after), 0n),
  ];
  const power = now & -now;
  const isNew = (old & -old) < power;
  return isNew && power >= minPower ? `, now a multiple of ${groupDigits(String(power))}` : "";
}

/** Smaller powers of two are found among any few numbers. */
const minPower = 256n;

function bitsOf(text: string): bigint {
  return /^-?[0-9]{1,40}$/.test(text) ? BigInt(text.replace("-", "")) : 1n;
}

/** A difference with its sign and its digits in groups of three. */
export function signedNumber(difference: bigint): string {
  const digits = groupDigits(String(difference < 0n ? -difference : difference));
  return `${difference < 0n ? "−" : "+"}${digits}`;
}

/** A count with its digits in groups of three. */
export function countWords(count: number): string {
  return groupDigits(String(count));
}

function groupDigits(digits: string): string {
  return digits.replace(/\B(?=(?:[0-9]{3})+$)/g, ",");
}
