import { hash } from "node:crypto";

/** A sha256 in 64 lower-case hexadecimal digits, without a prefix. */
export type Sha256 = string & { readonly __brand: "Sha256" };

/** The sha256 (FIPS 180-4) of bytes, or of the UTF-8 bytes of a text. */
export function sha256(content: Uint8Array | string): Sha256 {
  return hash("sha256", content, "hex") as Sha256;
}

/** Whether a text is a bare sha256: 64 lower-case hexadecimal digits. */
export function isSha256(text: string): text is Sha256 {
  return /^[0-9a-f]{64}$/.test(text);
}
