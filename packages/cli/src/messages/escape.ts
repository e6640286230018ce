import { stripVTControlCharacters } from "node:util";

/**
 * A text that cannot drive the reader's terminal: control, format, separator and unpaired characters as `\uXXXX`.
 * Inside a JSON text the same replacement leaves the value as it was.
 */
export function escapeText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => escapeUnit(character.charCodeAt(index))).join(""),
  );
}

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}

/** The last lines of what a program wrote, without its colours and blank ends. */
export function lastLines(text: string, count: number): readonly string[] {
  const lines = stripVTControlCharacters(text)
    .trim()
    .split(/\r\n|\r|\n/);
  return lines.filter((line) => line.trim() !== "").slice(-count);
}

/** A command line that a shell reads as exactly these arguments. */
export function formatCommand(argv: readonly string[]): string {
  return argv.map(quoteWord).join(" ");
}

function quoteWord(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
