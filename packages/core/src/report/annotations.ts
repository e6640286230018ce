import type { Cause } from "../explain/explanation.ts";
import { displayText } from "./display.ts";
import type { Report } from "./report.ts";
import { describeCauses, describeDiffering, formatCount } from "./words.ts";

/** The most annotations of one report; GitHub shows ten of a kind for a step. */
export const MAX_ANNOTATIONS = 10;

type Level = "error" | "warning" | "notice";

interface Annotation {
  readonly level: Level;
  readonly title: string;
  readonly message: string;
  readonly file?: string | undefined;
}

/**
 * A report as workflow commands of GitHub, a line each: what kept the check from deciding, then one a cause, biggest
 * first. At most ten; where that is too few, the last one counts the rest.
 */
export function renderAnnotations(report: Report): readonly string[] {
  const all = [
    ...report.failures.map(failureAnnotation),
    ...report.explanation.causes.map((cause) => causeAnnotation(cause, report)),
    ...unexplainedAnnotation(report),
  ];
  const hasRoom = all.length <= MAX_ANNOTATIONS;
  const shown = hasRoom ? all : all.slice(0, MAX_ANNOTATIONS - 1);
  const rest = hasRoom ? [] : [restAnnotation(all.length - shown.length, report)];
  return [...shown, ...rest].map(formatCommand);
}

function failureAnnotation(failure: string): Annotation {
  return { level: "error", title: "imagegate could not decide", message: failure };
}

function causeAnnotation(cause: Cause, report: Report): Annotation {
  const located = cause.manifests.find((name) => report.locations.has(name));
  return {
    level: causeLevel(cause, report),
    title: `${formatCount(cause.manifests.length, "manifest")}, ${cause.class}`,
    message: `${cause.title} (${cause.scope})`,
    file: located === undefined ? undefined : report.locations.get(located),
  };
}

/** What a check refuses is an error; what is only told is none. */
function causeLevel(cause: Cause, { verdict }: Report): Level {
  if (verdict === "differs") return "error";
  return cause.class === "visible-only" ? "notice" : "warning";
}

function unexplainedAnnotation({ explanation: { unexplained }, verdict }: Report): readonly Annotation[] {
  const [first] = unexplained;
  if (first === undefined) return [];
  return [
    {
      level: verdict === "differs" ? "error" : "warning",
      title: `${formatCount(unexplained.length, "manifest")}, digests only`,
      message: first.because,
    },
  ];
}

function restAnnotation(count: number, { explanation, verdict }: Report): Annotation {
  return {
    level: verdict === "differs" || verdict === "undecided" ? "error" : "notice",
    title: `${formatCount(count, "more annotation")}`,
    message: `${describeDiffering(explanation, verdict)}; ${describeCauses(explanation)}`,
  };
}

function formatCommand({ level, title, message, file }: Annotation): string {
  const properties = [
    ...(file === undefined ? [] : [`file=${escapeProperty(file)}`]),
    `title=${escapeProperty(title)}`,
  ];
  return `::${level} ${properties.join(",")}::${escapeData(message)}`;
}

/** Line ends are gone before this: they show as `\uXXXX`. */
function escapeData(text: string): string {
  return displayText(text).replaceAll("%", "%25");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
