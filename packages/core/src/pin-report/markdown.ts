import { byteLength, codeSpan, shortenRaw } from "../report/markdown-text.ts";
import { formatCount, formatNumber } from "../report/words.ts";
import { PIN_CLASS_WORDS, pinNextSteps } from "./class-words.ts";
import type { PinClass, PinReport, PinReportProblem, PinResult } from "./pin-report.ts";
import {
  countClasses,
  describePinCounts,
  describePinPlaces,
  describePinVerdict,
  describeTransfer,
  describeUnneeded,
  describeUnverified,
  pinFacts,
  type PinFact,
} from "./words.ts";

/** The most bytes of UTF-8: GitHub takes comments of 65,536 characters. */
const budgetBytes = 60_000;

/** The most code units of one raw text. */
const maxText = 500;

/**
 * A report as GitHub-flavoured Markdown, for a step summary or an issue: verdict and counts first, then what is not
 * well, worst first; what finds no room is counted.
 */
export function renderPinMarkdown(report: PinReport): string {
  const head = [
    `## ${describePinVerdict(report)}`,
    "",
    `${describePinCounts(report)}. ${describeTransfer(report)}.`,
    ...renderNotes(report),
    "",
  ];
  const blocks = [
    ...report.problems.map(renderProblem),
    ...countClasses(report.results)
      .filter(([name]) => name !== "ok")
      .flatMap(([name]) => renderClass(name, report.results, pinFacts)),
  ];
  return `${[...head, ...fitBlocks(blocks, budgetBytes - byteLength(head.join("\n")) - 100)].join("\n")}\n`;
}

/** Lines that stand together or not at all. */
export type Block = readonly string[];

/** The blocks that find room, in order, and how many do not. */
export function fitBlocks(blocks: readonly Block[], roomBytes: number): readonly string[] {
  const lines: string[] = [];
  let left = roomBytes;
  for (const [index, block] of blocks.entries()) {
    left -= byteLength(block.join("\n")) + 1;
    if (left < 0) return [...lines, "", `and ${formatCount(blocks.length - index, "more finding")}`];
    lines.push(...block);
  }
  return lines;
}

function renderNotes(report: PinReport): readonly string[] {
  const notes = [...describeUnverified(report), ...describeUnneeded(report.results)];
  const shown = notes.slice(0, 20);
  const more = notes.length - shown.length;
  return [
    ...shown.flatMap((note) => ["", `Note: ${span(note)}`]),
    ...(more > 0 ? ["", `and ${formatCount(more, "more note")}`] : []),
  ];
}

function renderProblem({ message, places }: PinReportProblem): Block {
  return [`- **unusable pin** ${span(message)} at ${span(describePinPlaces(places))}`];
}

/** All of one class, with these facts; a heading goes with the first of its results: it never stands alone. */
export function renderClass(
  name: PinClass,
  results: readonly PinResult[],
  facts: (result: PinResult) => readonly PinFact[],
): readonly Block[] {
  const members = results.filter((result) => result.class === name);
  const { sentence } = PIN_CLASS_WORDS[name];
  const heading = [
    "",
    `### ${name} (${formatNumber(members.length)})`,
    "",
    `${sentence} **Next:** ${pinNextSteps(members)}`,
    "",
  ];
  return members.map((member, index) => [...(index === 0 ? heading : []), ...renderResult(member, facts)]);
}

function renderResult(result: PinResult, facts: (result: PinResult) => readonly PinFact[]): Block {
  const mark = result.isAllowed ? " (allowed)" : "";
  return [
    `- ${span(result.name)} ${span(result.url)}${mark}`,
    ...facts(result).map(([word, text]) => `  - ${word} ${span(text)}`),
  ];
}

function span(text: string): string {
  return codeSpan(shortenRaw(text, maxText));
}
