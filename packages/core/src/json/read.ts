import { isUtf8 } from "node:buffer";
import { fail, ok, type Result } from "../result.ts";
import { textPosition, type JsonFailure } from "./failure.ts";
import { Scanner } from "./scanner.ts";
import type { JsonTape } from "./tape.ts";

/**
 * Reads a JSON text (RFC 8259) into a tape that keeps every number as written.
 *
 * Refused, with the place: anything but UTF-8 without a byte order mark, duplicate keys (however spelled), lone
 * surrogates, more than `MAX_DEPTH` levels, and all that the grammar does not know (NaN, comments, a second value).
 */
export function readJson(text: Uint8Array | string): Result<JsonTape, JsonFailure> {
  if (typeof text === "string" && !text.isWellFormed()) return fail(loneSurrogateIn(text));
  const bytes = typeof text === "string" ? Buffer.from(text, "utf8") : asBuffer(text);
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    return fail({ reason: "json-byte-order-mark" });
  if (!isUtf8(bytes))
    return fail({ reason: "json-not-utf8", at: textPosition(bytes, firstInvalidByte(bytes)) });
  const scanner = new Scanner(bytes);
  return scanner.scanDocument() ? ok(scanner.tape()) : fail(scanner.failure as JsonFailure);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** UTF-8 cannot hold a lone surrogate, so what stands before it is read: a failure in there comes first. */
function loneSurrogateIn(text: string): JsonFailure {
  const before = Buffer.from(text.slice(0, text.search(/\p{Surrogate}/u)), "utf8");
  const scanner = new Scanner(before);
  const failure = scanner.scanDocument() ? undefined : scanner.failure;
  const at = textPosition(before, before.length);
  if (failure === undefined || failure.reason === "json-empty") {
    return { reason: "json-lone-surrogate", at, path: [] };
  }
  const isAtTheEnd = failure.reason === "json-syntax" && failure.found === null;
  return isAtTheEnd ? { reason: "json-lone-surrogate", at, path: failure.path } : failure;
}

/** Decoding replaces what is invalid, so the first byte that does not come back stands in the first replacement. */
function firstInvalidByte(bytes: Buffer): number {
  const replaced = Buffer.from(bytes.toString("utf8"), "utf8");
  let offset = 0;
  while (offset < bytes.length && bytes[offset] === replaced[offset]) offset += 1;
  // The replacement is EF BF BD: bytes that begin like it come back too.
  while (((replaced[offset] as number) & 0xc0) === 0x80) offset -= 1;
  return offset;
}
