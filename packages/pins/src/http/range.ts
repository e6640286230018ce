import { isEncoded, type AnswerHead } from "./answer.ts";

/** A body of which the beginning has been read. */
export interface Part {
  readonly receivedBytes: number;
  /** The length of the whole, null where the answer said none. */
  readonly wholeBytes: number | null;
  /** What tells whether the server still has the same bytes. */
  readonly validator: string;
}

/** The headers that ask for the rest of a body, or for the whole of another one (RFC 9110 §13.1.5). */
export function rangeHeaders({ receivedBytes, validator }: Part): Readonly<Record<string, string>> {
  return { range: `bytes=${receivedBytes}-`, "if-range": validator };
}

/**
 * The length of the whole, when an answer is exactly the missing rest: a 206 that begins at the next byte, reaches to
 * the end, agrees on the length and does not contradict the validator. Null for any other.
 */
export function wholeOfRest(part: Part, head: AnswerHead): number | null {
  if (head.status !== 206 || isEncoded(head)) return null;
  const { headers } = head;
  const range = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/i.exec(headers["content-range"] ?? "");
  if (range === null) return null;
  const [first, last, whole] = range.slice(1).map(Number) as [number, number, number];
  const length = headers["content-length"];
  const isRest =
    first === part.receivedBytes &&
    last === whole - 1 &&
    (part.wholeBytes === null || part.wholeBytes === whole) &&
    (length === undefined || Number(length) === last - first + 1) &&
    [undefined, part.validator].includes(headers[part.validator.startsWith('"') ? "etag" : "last-modified"]);
  return isRest ? whole : null;
}
