/** The words of a text that became another. */
export interface WordChanges {
  /** Each with its sign, such as `+ quiet, − rhgb`. */
  readonly text: string;
  /** Whether that is all: each came or went once, the others' order and the white space stayed. */
  readonly isAll: boolean;
}

/** Words that came and went in a text of several, such as a kernel's command line; null when it is no such text. */
export function changedWords(before: string, after: string): WordChanges | null {
  if (Math.max(before.length, after.length) > maxTextLength || !/\s/.test(before + after)) return null;
  const [old, now] = [countWords(before), countWords(after)];
  const deltas = [...new Set([...old.keys(), ...now.keys()])].flatMap((word) => {
    const delta = (now.get(word) ?? 0) - (old.get(word) ?? 0);
    return delta === 0 ? [] : [{ word, delta }];
  });
  if (deltas.length === 0 || deltas.length > maxWords) return null;
  const changed = new Set(deltas.map(({ word }) => word));
  return {
    text: deltas.map(({ word, delta }) => `${delta > 0 ? "+" : "−"} ${word}`).join(", "),
    isAll:
      deltas.every(({ delta }) => Math.abs(delta) === 1) &&
      withoutWords(before, changed) === withoutWords(after, changed),
  };
}

const maxTextLength = 10_000;
const maxWords = 6;

function countWords(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of text.split(/\s+/)) if (word !== "") counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function withoutWords(text: string, words: ReadonlySet<string>): string {
  return text
    .split(" ")
    .filter((word) => !words.has(word))
    .join(" ");
}
