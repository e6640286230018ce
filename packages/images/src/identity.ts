import { sha256 } from "@imagegate/core";

/**
 * A UUID that depends on an image's name and on what the UUID is for, and on nothing else.
 *
 * Shaped as version 5 (RFC 9562, by name), with the bits taken from sha256.
 */
export function deriveUuid(image: string, purpose: string): string {
  const hex = derivedDigits(image, purpose);
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

/** A FAT volume id, eight upper-case hexadecimal digits, derived as a UUID is. */
export function deriveVolumeId(image: string, purpose: string): string {
  return derivedDigits(image, purpose).slice(0, 8).toUpperCase();
}

/** The zero byte keeps ("ab", "c") apart from ("a", "bc"). */
function derivedDigits(image: string, purpose: string): string {
  return sha256(`${image}\0${purpose}`);
}
