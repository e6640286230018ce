import { escapeInvisible, escapeUnits } from "../compare/invisible.ts";

/**
 * What opens a command in the log of a build service, wherever in a line it stands: `##[` (GitHub's older form),
 * `##vso[` (Azure), `##teamcity[`.
 */
const COMMAND_OPENERS = /#(?=#[A-Za-z0-9_-]*\[)/g;

/** What opens a command of GitHub's log where nothing but space stands before it. */
const LINE_OPENER = /(?<=^\s*):(?=:)/;

/**
 * A raw text as one line that can be shown: invisible characters and openers of log commands as `\uXXXX`.
 * Each format still escapes what is markup to it.
 */
export function displayText(text: string): string {
  return escapeInvisible(text).replace(COMMAND_OPENERS, escapeUnits).replace(LINE_OPENER, escapeUnits);
}

/**
 * A value as JSON text over many lines, with invisible characters and openers of log commands as escapes: the value
 * is the same, and a log that shows it obeys nothing in it. Half of a surrogate pair becomes U+FFFD: no strict reader
 * of JSON takes it.
 */
export function quietJson(value: unknown): string {
  return JSON.stringify(value, wellFormed, 1).split("\n").map(displayText).join("\n");
}

function wellFormed(_: string, member: unknown): unknown {
  return typeof member === "string" ? member.toWellFormed() : member;
}
