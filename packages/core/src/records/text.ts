import { isUtf8 } from "node:buffer";
import { fail, ok, type Result } from "../result.ts";
import type { RecordFailure } from "./failure.ts";

/** One line of a record file, numbered from 1, without its line feed. */
export interface RecordLine {
  readonly line: number;
  readonly text: string;
}

/**
 * The lines of a record file, at least one.
 * Every line ends with one line feed; anything else that editors, merges and cut-off writes leave behind is refused.
 */
export function readRecordLines(content: Uint8Array | string): Result<readonly RecordLine[], RecordFailure> {
  const text = typeof content === "string" ? content : decodeLeniently(content);
  const lines = text.split("\n").map((line, index): RecordLine => ({ line: index + 1, text: line }));
  const conflict = lines.find(isConflictMarker);
  if (conflict) return fail({ reason: "conflict-marker", ...conflict });
  if (typeof content !== "string" && !isUtf8(content)) return fail({ reason: "not-utf8" });
  if (text.startsWith(byteOrderMark)) return fail({ reason: "byte-order-mark" });
  if (text === "") return fail({ reason: "empty" });
  const returned = lines.find((line) => line.text.includes("\r"));
  if (returned) return fail({ reason: "carriage-return", ...returned });
  const rest = lines.pop();
  if (rest && rest.text !== "") return fail({ reason: "truncated", ...rest });
  const blank = lines.find((line) => line.text === "");
  if (blank) return fail({ reason: "blank-line", ...blank });
  return ok(lines);
}

const byteOrderMark = "\u{feff}";

/** Malformed bytes become replacement characters, so that a conflict marker is seen in any file. */
function decodeLeniently(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}

function isConflictMarker({ text }: RecordLine): boolean {
  return /^\u{feff}?(?:<{7,}|\|{7,}|={7,}|>{7,})(?:[ \r]|$)/u.test(text);
}
