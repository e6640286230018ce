import { stripVTControlCharacters } from "node:util";
import { escapeInvisible } from "@imagegate/core";

/** A text that cannot drive the reader's terminal; see `escapeInvisible`. */
export const escapeText = escapeInvisible;

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
