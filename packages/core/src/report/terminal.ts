import type { Cause, CauseClass, Detail } from "../explain/explanation.ts";
import { shortenText, wrapText } from "./columns.ts";
import { displayText } from "./display.ts";
import { paintText, type Paint } from "./paint.ts";
import type { Report, ReportedCommit } from "./report.ts";
import {
  describeCauses,
  describeCounts,
  describeDiffering,
  describeVerdict,
  formatCount,
  formatNumber,
} from "./words.ts";

/** How a report is told in a terminal. */
export interface TerminalRendering {
  /** Columns; below 50 it counts as 50. */
  readonly width: number;
  readonly color: boolean;
}

const CLASS_PAINTS: Readonly<Record<CauseClass, Paint>> = {
  rebuild: "red",
  "id-blind": "yellow",
  "visible-only": "cyan",
};

const DIFF_PAINTS: Readonly<Record<string, Paint>> = { "+": "green", "-": "red", "@": "cyan" };

interface Pen {
  readonly width: number;
  readonly paint: (style: Paint, text: string) => string;
}

/** How many lines of a diff, and how many names, one detail shows. */
const maxShown = 20;

/** The margin before all that belongs to a cause; it keeps a line of content from beginning with `::`. */
const MARGIN = "        │ ";

/** A report as lines for a terminal, biggest cause first; long lines are wrapped, those of a diff cut. */
export function renderTerminalReport(report: Report, rendering: TerminalRendering): readonly string[] {
  const pen: Pen = {
    width: Math.max(50, rendering.width),
    paint: rendering.color ? paintText : (_, text) => text,
  };
  const { explanation } = report;
  return [
    ...renderHead(report, pen),
    ...explanation.causes.flatMap((cause) => ["", ...renderCause(cause, pen)]),
    ...renderUnexplained(report, pen),
    ...renderCommits(report, pen),
  ];
}

const VERDICT_PAINTS = { same: "green", differs: "red", undecided: "red", null: "bold" } as const;

function renderHead(report: Report, pen: Pen): readonly string[] {
  const { explanation, failures, from, to, verdict } = report;
  const sides = `from ${displayText(from)} to ${displayText(to)}`;
  return [
    pen.paint(VERDICT_PAINTS[`${verdict}`], describeVerdict(report)),
    ...failures.flatMap((failure) => renderLines(displayText(failure), pen)),
    ...wrapText(describeDiffering(explanation, verdict), pen.width),
    ...renderLines(sides, pen),
    ...wrapText(describeCounts(explanation), pen.width),
    ...wrapText(describeCauses(explanation), pen.width),
  ];
}

function renderCause(cause: Cause, pen: Pen): readonly string[] {
  const count = formatNumber(cause.manifests.length).padStart(7);
  const [first = "", ...more] = wrapText(displayText(cause.title), pen.width - MARGIN.length);
  return [
    `${pen.paint("bold", count)}   ${pen.paint("bold", first)}`,
    ...more.map((line) => `${MARGIN}${pen.paint("bold", line)}`),
    ...renderClass(cause, pen),
    ...cause.details.flatMap((detail) => renderDetail(detail, pen)),
  ];
}

function renderClass(cause: Cause, pen: Pen): readonly string[] {
  const id = `cause ${displayText(cause.id)}`;
  return [
    `${MARGIN}${pen.paint(CLASS_PAINTS[cause.class], cause.class)}  ${pen.paint("dim", id)}`,
    ...renderLines(displayText(cause.scope), pen),
  ];
}

function renderDetail({ text, diff = [], manifests }: Detail, pen: Pen): readonly string[] {
  const among = manifests === undefined ? "" : ` (${formatCount(manifests.length, "manifest")})`;
  const left = diff.length - maxShown;
  return [
    ...renderLines(`${displayText(text)}${among}`, pen),
    ...diff.slice(0, maxShown).map((line) => renderDiffLine(line, pen)),
    ...(left > 0 ? [`${MARGIN}${pen.paint("dim", `… ${formatCount(left, "more line")}`)}`] : []),
  ];
}

function renderLines(text: string, pen: Pen): readonly string[] {
  return wrapText(text, pen.width - MARGIN.length).map((line) => `${MARGIN}${line}`);
}

function renderDiffLine(line: string, pen: Pen): string {
  const shown = shortenText(displayText(line), pen.width - MARGIN.length);
  const style = DIFF_PAINTS[line.charAt(0)];
  return `${MARGIN}${style === undefined ? shown : pen.paint(style, shown)}`;
}

function renderUnexplained({ explanation: { unexplained } }: Report, pen: Pen): readonly string[] {
  if (unexplained.length === 0) return [];
  const left = unexplained.length - maxShown;
  return [
    "",
    pen.paint("yellow", `${formatCount(unexplained.length, "manifest")}: digests only`),
    ...unexplained
      .slice(0, maxShown)
      .flatMap(({ name, because }) => renderLines(displayText(`${name}: ${because}`), pen)),
    ...(left > 0 ? [`${MARGIN}${pen.paint("dim", `… ${formatCount(left, "more manifest")}`)}`] : []),
  ];
}

function renderCommits({ commits }: Report, pen: Pen): readonly string[] {
  if (commits.length === 0) return [];
  return [
    "",
    formatCount(commits.length, "commit"),
    ...commits.flatMap((commit) => renderCommit(commit, pen)),
  ];
}

const RECORD_PAINTS = { same: "green", differ: "red", undecided: "red" } as const;

function renderCommit(
  { commit, subject, causes, records, wrong }: ReportedCommit,
  pen: Pen,
): readonly string[] {
  const state = records === "differ" ? formatCount(wrong.length, "wrong record") : `records ${records}`;
  const introduced = `${formatCount(causes.length, "cause")}: ${causes.map(displayText).join(", ")}`;
  return [
    ...renderLines(displayText(`${commit.slice(0, 12)} ${subject}`), pen),
    `${MARGIN}  ${pen.paint(RECORD_PAINTS[records], state)}`,
    ...(causes.length === 0 ? [] : renderLines(introduced, pen)),
  ];
}
