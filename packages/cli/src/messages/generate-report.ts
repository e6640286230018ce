import type { GenerateReport } from "@imagegate/engine";
import { paintState, type ReportRendering } from "./check-report.ts";
import { escapeText } from "./escape.ts";
import { PLAIN } from "./style.ts";
import { renderSummary } from "./summary.ts";

const SHOWN_NAMES = 20;

/** What `generate` did: the records that moved, some of each state, and the figures. */
export function renderGenerateReport(
  report: GenerateReport,
  { colors = PLAIN }: Pick<ReportRendering, "colors"> = {},
): readonly string[] {
  const states = (["changed", "added", "removed"] as const).filter((state) => report[state].length > 0);
  const width = Math.max(0, ...states.map((state) => state.length));
  const [figures = "", ...more] = renderSummary(report.summary);
  return [
    ...states.flatMap((state) => {
      const names = report[state];
      const rest = names.length - SHOWN_NAMES;
      return [
        ...names
          .slice(0, SHOWN_NAMES)
          .map((name) => `${paintState(state, colors, width)}  ${escapeText(name)}`),
        ...(rest > 0 ? [`${paintState(state, colors, width)}  and ${rest} more`] : []),
      ];
    }),
    `${colors.green("recorded")}  ${colors.bold(escapeText(report.family))}: ${figures}`,
    ...more,
  ];
}
