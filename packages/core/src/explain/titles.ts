import { pipelinesOf, type LineGroup } from "./joining.ts";
import type { Line } from "./lines.ts";
import { commonMultiple } from "./number-words.ts";

/** How many names a title tells, and how many lines. */
const maxTitleNames = 8;
const maxTitleLines = 3;

/** One line for a whole cause, told by the lines that hold for most of it. */
export function titleOf({ lines, manifests }: LineGroup): string {
  const whole = lines.filter((line) => line.manifests.length === manifests.length);
  const told = whole.length > 0 ? whole : lines;
  const first = told[0] as Line;
  if (first.subject.startsWith("id ") && told.length > 1) return identifiersTitle(lines);
  if (first.kind === "linked-value") return lineText(first);
  const packages = told.filter((line) => markOf(line) !== undefined);
  const others = told.filter((line) => markOf(line) === undefined).map(shortLine);
  const parts = [...(packages.length === 0 ? [] : [packagesTitle(packages)]), ...others];
  return enumerate(parts, maxTitleLines, "; ");
}

/** A line without its values where those are long. */
function shortLine(line: Line): string {
  const text = lineText(line);
  const general = line.occurrences[0]?.item.general ?? text;
  return text.length <= maxLineLength || line.variant === null ? text : general;
}

const maxLineLength = 80;

function enumerate(parts: readonly string[], most: number, separator: string): string {
  const rest = parts.length - most;
  return rest > 0 ? `${parts.slice(0, most).join(separator)} and ${rest} more` : parts.join(separator);
}

function identifiersTitle(lines: readonly Line[]): string {
  const fields = lines.map(({ subject }) => subject.slice("id ".length));
  return `identifiers redrawn: ${enumerate(fields, maxTitleNames, ", ")}`;
}

function markOf(line: Line): { readonly sign: string; readonly name: string } | undefined {
  return line.occurrences[0]?.item.package ?? undefined;
}

/** `packages: + a, b − c`, with the pipelines where those are few. */
function packagesTitle(lines: readonly Line[]): string {
  const named = (sign: string): string => {
    const names = lines.flatMap((line) => {
      const mark = markOf(line);
      return mark?.sign === sign ? [mark.name] : [];
    });
    return names.length === 0 ? "" : ` ${sign} ${enumerate(names.toSorted(), maxTitleNames, ", ")}`;
  };
  const others = lines.filter((line) => !["+", "−"].includes(markOf(line)?.sign ?? ""));
  const words = others.map(lineText).toSorted();
  const exchanged = words.length === 0 ? "" : ` ${enumerate(words, maxTitleLines, ", ")}`;
  return `packages:${named("+")}${named("−")}${exchanged}${pipelineWords(lines)}`;
}

function pipelineWords(lines: readonly Line[]): string {
  const parts = pipelinesOf(lines);
  return parts.size === 0 || parts.size > 2 ? "" : ` (${[...parts].join(", ")})`;
}

/** One line in words: with its values where they are the same everywhere. */
export function lineText({ occurrences, variant, subject }: Line): string {
  const item = occurrences[0]?.item;
  if (variant !== null) return item?.text ?? "";
  const general = item?.general ?? "";
  return subject.startsWith("number ") ? `${general}${commonMultiple(occurrences)}` : general;
}
