import { columnsOf, wrapText } from "../report/columns.ts";
import { displayText } from "../report/display.ts";
import { paintText, type Paint } from "../report/paint.ts";
import type { TerminalRendering } from "../report/terminal.ts";
import { formatCount } from "../report/words.ts";
import { PIN_CLASS_WORDS, pinNextSteps, standingOf, type PinStanding } from "./class-words.ts";
import type { PinClass, PinReport, PinResult } from "./pin-report.ts";
import {
  countClasses,
  describePinCounts,
  describePinVerdict,
  describeProblems,
  describeTransfer,
  describeUnneeded,
  describeUnverified,
  pinFacts,
} from "./words.ts";

interface Pen {
  readonly width: number;
  readonly paint: (style: Paint, text: string) => string;
}

const STANDING_PAINTS: Readonly<Record<PinStanding, Paint>> = {
  passed: "green",
  allowed: "cyan",
  failed: "red",
  undecided: "yellow",
};

const VERDICT_PAINTS = { 0: "green", 1: "red", 2: "red" } as const;

/** The most urls of one class that are shown. */
const maxShown = 50;

/** How wide the words of facts are, with the space behind them. */
const FACT_COLUMNS = "pinned at".length + 2;

/** A report as lines for a terminal: everything that is not well, class by class with its next step, then the figures. */
export function renderPinTerminal(report: PinReport, rendering: TerminalRendering): readonly string[] {
  const pen: Pen = {
    width: Math.max(50, rendering.width),
    paint: rendering.color ? paintText : (_, text) => text,
  };
  const classes = countClasses(report.results).filter(([name]) => name !== "ok");
  return [
    ...(report.problems.length === 0 ? [] : [pen.paint("red", describeProblems(report))]),
    ...classes.flatMap(([name]) => renderClass(name, report, pen)),
    ...[...describeUnverified(report), ...describeUnneeded(report.results)].flatMap((note) =>
      hang("note: ", 6, displayText(note), pen).map((line) => pen.paint("dim", line)),
    ),
    ...wrapText(describePinCounts(report), pen.width),
    ...wrapText(describeTransfer(report), pen.width),
    pen.paint(VERDICT_PAINTS[report.exitCode], describePinVerdict(report)),
  ];
}

function renderClass(name: PinClass, { results }: PinReport, pen: Pen): readonly string[] {
  const members = results.filter((result) => result.class === name);
  const nameColumns = Math.min(40, Math.max(...members.map((member) => columnsOf(displayText(member.name)))));
  const more = members.length - maxShown;
  const { sentence } = PIN_CLASS_WORDS[name];
  const head = `${name}  ${formatCount(members.length, "url")}: `;
  return [
    ...hang(pen.paint("bold", head), head.length, sentence, pen),
    ...members.slice(0, maxShown).flatMap((member) => renderResult(member, nameColumns, pen)),
    ...(more > 0 ? [`  … ${formatCount(more, "more url")}: the JSON has them all`] : []),
    ...hang(`  ${pen.paint("bold", "next")}  `, 8, pinNextSteps(members), pen),
    "",
  ];
}

function renderResult(result: PinResult, nameColumns: number, pen: Pen): readonly string[] {
  const name = displayText(result.name);
  const padding = " ".repeat(Math.max(0, nameColumns - columnsOf(name)));
  const mark = result.isAllowed ? " (allowed)" : "";
  const paint = STANDING_PAINTS[standingOf(result)];
  return [
    // An address that is broken up cannot be opened: it is never wrapped.
    `  ${pen.paint(paint, name)}${padding}  ${displayText(result.url)}${mark}`,
    ...pinFacts(result).flatMap(([word, text]) =>
      hang(`    ${word.padEnd(FACT_COLUMNS)}`, 4 + FACT_COLUMNS, displayText(text), pen),
    ),
  ];
}

/**
 * A text behind a head of so many columns, its further lines below its beginning and behind a bar: no line of content
 * may begin with `::`, which opens a command in a build log.
 */
function hang(head: string, columns: number, text: string, pen: Pen): readonly string[] {
  const [first = "", ...more] = wrapText(text, Math.max(20, pen.width - columns));
  return [`${head}${first}`, ...more.map((line) => `${" ".repeat(columns - 2)}│ ${line}`)];
}
