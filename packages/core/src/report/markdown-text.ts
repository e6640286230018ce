import { displayText } from "./display.ts";
import { escapeXml } from "./xml.ts";

/**
 * Raw text as a code span of Markdown: its fence is longer than any run of backticks in it.
 * Mentions, references, links and HTML are not looked for inside code, so whatever stands there stays text.
 */
export function codeSpan(text: string): string {
  const shown = displayText(text);
  if (shown.trim() === "") return "`(blank)`";
  const fence = "`".repeat(longestRun(shown) + 1);
  const isPadded = /^[` ]|[` ]$/.test(shown);
  return isPadded ? `${fence} ${shown} ${fence}` : `${fence}${shown}${fence}`;
}

/** Raw lines as a fenced code block. */
export function codeBlock(language: "diff" | "text", lines: readonly string[]): readonly string[] {
  const shown = lines.map(displayText);
  const longest = shown.reduce((longest, line) => Math.max(longest, longestRun(line)), 2);
  const fence = "`".repeat(longest + 1);
  return [`${fence}${language}`, ...shown, fence];
}

/** Raw text as code where Markdown stands still and only HTML counts: on a line of an HTML block. */
export function codeElement(text: string): string {
  return `<code>${escapeXml(displayText(text))}</code>`;
}

/** The beginning of a raw text, at most `length` code units and whole characters, with `…` where something is missing. */
export function shortenRaw(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** The bytes that a text takes in UTF-8. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

function longestRun(text: string): number {
  return text.match(/`+/g)?.reduce((longest, run) => Math.max(longest, run.length), 0) ?? 0;
}
