import type { JsonPath } from "./pointer.ts";

/** Where in a text: `offset` in bytes from 0, `line` and `column` from 1, the column in Unicode code points. */
export interface TextPosition {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** Why a text is not a JSON document that can be fingerprinted; `path` is the place reached in the document. */
export type JsonFailure =
  | { readonly reason: "json-empty" }
  | { readonly reason: "json-byte-order-mark" }
  | { readonly reason: "json-not-utf8"; readonly at: TextPosition }
  | {
      readonly reason: "json-syntax";
      readonly at: TextPosition;
      readonly path: JsonPath;
      readonly expected: string;
      /** The code point found, or null at the end of the text. */
      readonly found: string | null;
    }
  | {
      readonly reason: "json-duplicate-key";
      readonly at: TextPosition;
      readonly path: JsonPath;
      readonly key: string;
    }
  | { readonly reason: "json-lone-surrogate"; readonly at: TextPosition; readonly path: JsonPath }
  | {
      readonly reason: "json-too-deep";
      readonly at: TextPosition;
      readonly path: JsonPath;
      readonly limit: number;
    };

/** The position of a byte offset; a text is short enough to be counted when something went wrong. */
export function textPosition(bytes: Uint8Array, offset: number): TextPosition {
  let line = 1;
  let lineStart = 0;
  for (let newline = bytes.indexOf(0x0a); newline !== -1 && newline < offset;) {
    line += 1;
    lineStart = newline + 1;
    newline = bytes.indexOf(0x0a, lineStart);
  }
  let column = 1;
  for (let index = lineStart; index < offset; index++) {
    const isContinuation = ((bytes[index] as number) & 0xc0) === 0x80;
    if (!isContinuation) column += 1;
  }
  return { offset, line, column };
}
