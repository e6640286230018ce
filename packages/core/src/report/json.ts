import type { Explanation } from "../explain/explanation.ts";
import { quietJson } from "./display.ts";
import type { Report } from "./report.ts";

/** The version of the document's shape; another one is another shape. */
export const REPORT_VERSION = 1;

/**
 * How much of everything a document may hold. What explains keeps to it, and what reads a document refuses more:
 * the limits are far beyond what a reader can use and bound what a stranger's document can cost.
 */
export const REPORT_LIMITS = {
  /** Bytes of the whole text. */
  bytes: 64 * 1024 * 1024,
  /** Members of a list. */
  items: 200_000,
  /** Code units of a name. */
  name: 255,
  /** Code units of a line of words or of a diff, and of a pointer. */
  line: 20_000,
  /** Code units of the JSON of one place. */
  json: 1_000_000,
} as const;

/** The published JSON document of a report: the explanation's members stand at the top. */
export interface ReportDocument extends Explanation, Omit<Report, "explanation" | "locations"> {
  readonly version: typeof REPORT_VERSION;
  /** A list, since a manifest may be called `__proto__`; in the map's order. */
  readonly locations: readonly { readonly manifest: string; readonly path: string }[];
}

/** A report as the members of its document, in the order in which they are written. */
export function reportDocument(report: Report): ReportDocument {
  const { explanation } = report;
  return {
    version: REPORT_VERSION,
    from: report.from,
    to: report.to,
    verdict: report.verdict,
    failures: report.failures,
    changed: explanation.changed,
    added: explanation.added,
    removed: explanation.removed,
    unchanged: explanation.unchanged,
    causes: explanation.causes,
    unexplained: explanation.unexplained,
    manifests: explanation.manifests,
    separator: explanation.separator,
    commits: report.commits,
    locations: Array.from(report.locations, ([manifest, path]) => ({ manifest, path })),
  };
}

/** The report of a document; the inverse of `reportDocument`. */
export function reportOf(document: ReportDocument): Report {
  const { version: _, from, to, verdict, failures, commits, locations, ...explanation } = document;
  return {
    from,
    to,
    verdict,
    failures,
    explanation,
    commits,
    locations: new Map(locations.map(({ manifest, path }) => [manifest, path])),
  };
}

/**
 * A report as a JSON text that ends in a newline, nothing left out; `parseReport` of the engine reads it back.
 * Invisible characters stand as `\uXXXX`, so that the text can be printed in a build log.
 */
export function formatReportJson(report: Report): string {
  return `${quietJson(reportDocument(report))}\n`;
}
