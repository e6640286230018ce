import { eastAsianWidth } from "get-east-asian-width";

const marks = /^\p{M}$/u;

/** How many columns of a terminal a text takes: none for combining marks, two for wide characters of East Asia. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += widthOf(character);
  return columns;
}

/** A text of one line in pieces that each fit a width, broken at spaces where there are any. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((word) => splitWord(word, width))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (columnsOf(longer) <= width) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** The longest beginning of a text that fits a width, with `…` where something is missing. */
export function shortenText(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  let shown = "";
  let columns = 1;
  for (const character of text) {
    columns += widthOf(character);
    if (columns > width) break;
    shown += character;
  }
  return `${shown}…`;
}

function splitWord(word: string, width: number): readonly string[] {
  const pieces: string[] = [];
  let piece = "";
  let columns = 0;
  for (const character of word) {
    const more = widthOf(character);
    if (columns + more > width && piece !== "") {
      pieces.push(piece);
      [piece, columns] = ["", 0];
    }
    piece += character;
    columns += more;
  }
  return [...pieces, piece];
}

function widthOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  return marks.test(character) ? 0 : eastAsianWidth(code);
}
