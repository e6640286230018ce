import { alignCommon, type Pair } from "../compare/subsequence.ts";

/** A line of either side and its number, from 1. */
export interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

/** A row of two texts side by side; null where a side has nothing. */
export interface DiffRow {
  readonly kind: "same" | "changed" | "added" | "removed";
  readonly before: NumberedLine | null;
  readonly after: NumberedLine | null;
}

/** Rows to show, and runs of equal ones to fold. */
export interface DiffFold {
  readonly isFolded: boolean;
  readonly rows: readonly DiffRow[];
}

/** The rows of two texts, aligned by their equal lines; between two of those, old and new lines stand in pairs. */
export function alignLines(before: readonly string[], after: readonly string[]): readonly DiffRow[] {
  const keys = new Map<string, number>();
  const keysOf = (lines: readonly string[]): readonly number[] =>
    lines.map((line) => keys.get(line) ?? keys.set(line, keys.size).size - 1);
  const pairs = alignCommon(keysOf(before), keysOf(after));
  const end: Pair = { before: before.length, after: after.length };
  const rows: DiffRow[] = [];
  let from: Pair = { before: 0, after: 0 };
  for (const pair of [...pairs, end]) {
    rows.push(...pairLines({ before, after }, from, pair));
    if (pair !== end) rows.push(rowOf(before, pair.before, after, pair.after));
    from = { before: pair.before + 1, after: pair.after + 1 };
  }
  return rows;
}

/** Runs of equal rows beyond `context` rows around a difference are folds, as long as they save something. */
export function foldRows(rows: readonly DiffRow[], context: number): readonly DiffFold[] {
  const near = new Set<number>();
  for (const [index, { kind }] of rows.entries()) {
    if (kind === "same") continue;
    for (let place = index - context; place <= index + context; place++) near.add(place);
  }
  const folds: { isFolded: boolean; rows: DiffRow[] }[] = [];
  for (const [index, row] of rows.entries()) {
    const isFolded = !near.has(index);
    const last = folds.at(-1);
    if (last?.isFolded === isFolded) last.rows.push(row);
    else folds.push({ isFolded, rows: [row] });
  }
  return folds.map((fold) => (fold.rows.length > 1 ? fold : { ...fold, isFolded: false }));
}

/** Where two lines begin and end to differ, so that this part of each can be marked; whole characters. */
export function differingPart(
  one: string,
  other: string,
): { readonly start: number; readonly fromEnd: number } {
  const [a, b] = [Array.from(one), Array.from(other)];
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start += 1;
  let fromEnd = 0;
  while (fromEnd < shorter - start && a[a.length - 1 - fromEnd] === b[b.length - 1 - fromEnd]) fromEnd += 1;
  return {
    start: a.slice(0, start).join("").length,
    fromEnd: a.slice(a.length - fromEnd).join("").length,
  };
}

interface Sides {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

function pairLines({ before, after }: Sides, from: Pair, to: Pair): readonly DiffRow[] {
  const length = Math.max(to.before - from.before, to.after - from.after);
  return Array.from({ length }, (_, step) => {
    const old = from.before + step;
    const now = from.after + step;
    return rowOf(before, old < to.before ? old : -1, after, now < to.after ? now : -1);
  });
}

function rowOf(before: readonly string[], old: number, after: readonly string[], now: number): DiffRow {
  const left = lineAt(before, old);
  const right = lineAt(after, now);
  const kind = left === null ? "added" : right === null ? "removed" : "changed";
  return { kind: left?.text === right?.text ? "same" : kind, before: left, after: right };
}

function lineAt(lines: readonly string[], index: number): NumberedLine | null {
  const text = lines[index];
  return text === undefined ? null : { number: index + 1, text };
}
