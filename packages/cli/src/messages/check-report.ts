import { describeDifference, type Difference } from "@imagegate/core";
import type { CheckReport, OrphanedRecords, RecordExplanation, RecordVerdict } from "@imagegate/engine";
import { escapeText, formatCommand } from "./escape.ts";
import { describeFailure } from "./failure.ts";
import { nameLine, renderLineChange } from "./record-changes.ts";
import { PLAIN, type Colors } from "./style.ts";
import { renderSummary } from "./summary.ts";
import { formatCount } from "./units.ts";

/** How a report is told. */
export interface ReportRendering {
  readonly colors?: Colors;
  /** The command that accepts the manifests as they are now. */
  readonly accept?: string;
  /** How many differences of one manifest are shown, 20 by default. */
  readonly maxDifferences?: number;
}

/** The command that records a family's manifests as they are now. */
export function acceptCommand(family: string): string {
  return formatCommand(["npx", "imagegate", "generate", family]);
}

/** What `check` found: a line for each record that differs, what changed below it, the figures, what accepts it. */
export function renderCheckReport(report: CheckReport, rendering: ReportRendering = {}): readonly string[] {
  const { colors = PLAIN, accept = acceptCommand(report.family), maxDifferences = 20 } = rendering;
  const differing = report.verdicts.filter(({ state }) => state !== "same");
  const head = differing.length === 0 ? colors.green("same") : colors.red("differs");
  const [figures = "", ...more] = renderSummary(report.summary);
  const width = Math.max(0, ...differing.map(({ state }) => state.length));
  const context = { colors, accept, maxDifferences };
  return [
    ...differing.flatMap((verdict) => [
      `${paintState(verdict.state, colors, width)}  ${escapeText(verdict.name)}${movedLines(verdict, colors)}`,
      ...renderDetails(verdict, context).map((line) => `    ${line}`),
    ]),
    ...renderHint(differing, colors),
    `${head}  ${colors.bold(escapeText(report.family))}: ${figures}`,
    ...more,
    ...(report.verdict === "same" ? [] : [`to accept: ${colors.cyan(escapeText(accept))}`]),
  ];
}

/** Record folders of no family, and what removes them. */
export function renderOrphans(
  orphans: readonly OrphanedRecords[],
  colors: Colors = PLAIN,
): readonly string[] {
  if (orphans.length === 0) return [];
  const folders = orphans.map(({ folder }) => folder);
  return [
    ...orphans.map(
      ({ folder, files }) =>
        `${paintState("orphaned", colors)}  ${escapeText(folder)}: ${formatCount(files, "file")} of no family`,
    ),
    `to accept: ${colors.cyan(escapeText(formatCommand(["rm", "-r", "--", ...folders])))}`,
  ];
}

/** The word for a state, coloured, padded to a width. */
export function paintState(state: RecordVerdict["state"] | "orphaned", colors: Colors, width = 0): string {
  const word = state.padEnd(width);
  if (state === "added") return colors.green(word);
  return state === "changed" ? colors.yellow(word) : colors.red(word);
}

function movedLines(verdict: RecordVerdict, colors: Colors): string {
  if (verdict.state !== "changed") return "";
  const names = verdict.lines.map(nameLine).filter((name) => name !== "manifest" && name !== "digest");
  return names.length === 0 ? "" : colors.dim(`  (${names.join(", ")})`);
}

type DetailContext = Required<ReportRendering>;

function renderDetails(verdict: RecordVerdict, context: DetailContext): readonly string[] {
  switch (verdict.state) {
    case "same":
    case "added":
    case "removed":
      return [];
    case "inconsistent":
      return ["the manifest line agrees, others do not", ...verdict.lines.flatMap(renderLineChange)];
    case "conflicted":
    case "unreadable": {
      const { what, expected, found } = describeFailure(verdict.failure, context);
      return [
        `${escapeText(verdict.path)}: ${what}`,
        ...(expected === undefined ? [] : [`expected: ${expected}`]),
        ...(found === undefined ? [] : [`found:    ${found}`]),
      ];
    }
    case "changed": {
      const { explanation, lines } = verdict;
      if (explanation.kind === "unknown") return lines.flatMap(renderLineChange);
      return renderDifferences(explanation.differences, context.maxDifferences);
    }
  }
}

/** Differences, a line each, and how many were left out. */
export function renderDifferences(
  differences: readonly Difference[],
  limit: number = Number.POSITIVE_INFINITY,
): readonly string[] {
  const shown = differences.slice(0, limit).map(describeDifference);
  const more = differences.length - shown.length;
  return more > 0 ? [...shown, `and ${formatCount(more, "more difference")}`] : shown;
}

type Unexplained = Extract<RecordExplanation, { readonly kind: "unknown" }>["because"];

const HINTS: Readonly<Record<Unexplained, readonly string[]>> = {
  "base-not-in-store": [
    "What changed inside is not known: this machine has not seen the recorded manifests.",
    "An imagegate check of the commit that recorded them puts them into the cache.",
  ],
  "new-not-in-store": ["What changed inside is not known: the cache could not keep the new manifests."],
  "not-asked": [],
  "ids-only-record": ["What changed inside is not known: records of pipeline ids lead to no manifest."],
};

/** Why some changes have no explanation: once per cause, not once per record. */
function renderHint(verdicts: readonly RecordVerdict[], colors: Colors): readonly string[] {
  const causes = new Set<Unexplained>();
  for (const verdict of verdicts) {
    if (verdict.state !== "changed" || verdict.explanation.kind !== "unknown") continue;
    causes.add(verdict.explanation.because);
  }
  return [...causes].flatMap((cause) => HINTS[cause].map(colors.dim));
}
