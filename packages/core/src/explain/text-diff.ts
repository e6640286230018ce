import { alignCommon, type Pair } from "../compare/subsequence.ts";

/** How many lines a diff shows, and how many characters of a line. */
export const maxDiffLines = 80;
export const maxDiffLineLength = 300;
const contextLines = 3;

/** Two texts, line by line. */
export interface TextDiff {
  readonly added: number;
  readonly removed: number;
  /** The lines of a unified diff; those beyond the limit are counted in the last. */
  readonly lines: readonly string[];
  /** Only what came and went, whole: equal for equal changes, wherever they stand. */
  readonly body: string;
}

/** Compares two texts by lines. */
export function diffTexts(before: string, after: string): TextDiff {
  const [old, now] = [splitLines(before), splitLines(after)];
  const kept = alignLines(old, now);
  const edits = editsBetween(old, now, kept);
  const changed = edits.filter(({ sign }) => sign !== " ");
  return {
    added: changed.filter(({ sign }) => sign === "+").length,
    removed: changed.filter(({ sign }) => sign === "-").length,
    lines: hunks(edits),
    body: changed.map(({ sign, text }) => sign + text).join("\n"),
  };
}

interface LineEdit {
  readonly sign: " " | "+" | "-";
  readonly text: string;
  /** Counts of lines before it on either side. */
  readonly before: number;
  readonly after: number;
}

/** A last line without its line feed is another line than one with it. */
function splitLines(text: string): readonly string[] {
  if (text === "") return [];
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  else lines.push(`${lines.pop() ?? ""}${noLineFeed}`);
  return lines;
}

const noLineFeed = " (no line feed at the end)";

function alignLines(before: readonly string[], after: readonly string[]): readonly Pair[] {
  const numbers = new Map<string, number>();
  const numberOf = (line: string): number => {
    const number = numbers.get(line) ?? numbers.size;
    numbers.set(line, number);
    return number;
  };
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const middle = alignCommon(
    before.slice(start, before.length - end).map(numberOf),
    after.slice(start, after.length - end).map(numberOf),
  );
  return [
    ...Array.from({ length: start }, (_, index) => ({ before: index, after: index })),
    ...middle.map((pair) => ({ before: pair.before + start, after: pair.after + start })),
    ...Array.from({ length: end }, (_, index) => ({
      before: before.length - end + index,
      after: after.length - end + index,
    })),
  ];
}

function editsBetween(
  before: readonly string[],
  after: readonly string[],
  kept: readonly Pair[],
): readonly LineEdit[] {
  const edits: LineEdit[] = [];
  let [old, now] = [0, 0];
  const catchUp = (untilOld: number, untilNow: number): void => {
    for (; old < untilOld; old += 1)
      edits.push({ sign: "-", text: before[old] as string, before: old, after: now });
    for (; now < untilNow; now += 1)
      edits.push({ sign: "+", text: after[now] as string, before: old, after: now });
  };
  for (const pair of kept) {
    catchUp(pair.before, pair.after);
    edits.push({ sign: " ", text: before[old] as string, before: old, after: now });
    old += 1;
    now += 1;
  }
  catchUp(before.length, after.length);
  return edits;
}

/** Changed lines with those around them, each run under its `@@` line. */
function hunks(edits: readonly LineEdit[]): readonly string[] {
  const near = nearChanges(edits);
  const lines: string[] = [];
  let untold = edits.filter(({ sign }) => sign !== " ").length;
  for (const [index, edit] of edits.entries()) {
    if (lines.length >= maxDiffLines) break;
    if (!near[index]) continue;
    if (index === 0 || !near[index - 1]) lines.push(`@@ -${edit.before + 1} +${edit.after + 1} @@`);
    lines.push(shortenLine(edit.sign + edit.text));
    if (edit.sign !== " ") untold -= 1;
  }
  return untold === 0 ? lines : [...lines, `@@ and ${untold} more changed lines @@`];
}

function nearChanges(edits: readonly LineEdit[]): readonly boolean[] {
  const near = edits.map(() => false);
  for (const [index, { sign }] of edits.entries()) {
    if (sign === " ") continue;
    const last = Math.min(edits.length - 1, index + contextLines);
    for (let place = Math.max(0, index - contextLines); place <= last; place += 1) near[place] = true;
  }
  return near;
}

function shortenLine(line: string): string {
  return line.length <= maxDiffLineLength ? line : `${line.slice(0, maxDiffLineLength)}…`;
}
