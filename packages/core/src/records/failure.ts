/** Why one line of a record is refused. */
export type RecordLineReason =
  | "conflict-marker"
  | "carriage-return"
  | "truncated"
  | "blank-line"
  | "unknown-line"
  | "bad-digest"
  | "bad-pipeline-name"
  | "duplicate-line"
  | "out-of-order";

/** Why a record as a whole is refused. */
export type RecordFileReason = "empty" | "not-utf8" | "byte-order-mark" | "missing-manifest-line";

/**
 * Why a record file is refused.
 * `line` counts from 1 and `text` is that line as found, without its line feed and unescaped: it may hold anything.
 * Conflict markers are reported before all else, wherever they stand, since they say how the file came to be so.
 */
export type RecordFailure =
  | { readonly reason: RecordFileReason }
  | { readonly reason: RecordLineReason; readonly line: number; readonly text: string };
