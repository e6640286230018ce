import type { Detail } from "./explanation.ts";
import type { LineGroup } from "./joining.ts";
import type { Line } from "./lines.ts";
import type { ValuePair } from "./manifest-change.ts";
import { countWords } from "./number-words.ts";
import type { ExplainProfile } from "./profile.ts";
import { createScopeNamer, type ScopeNamer } from "./scope.ts";
import { lineText } from "./titles.ts";

/** How many lines a cause tells; those beyond are counted. */
const maxDetails = 200;

/** The lines of a cause: what, where, in how many manifests, with which values. */
export function detailsOf(group: LineGroup, profile: ExplainProfile): readonly Detail[] {
  const scope = createScopeNamer(group.manifests, profile);
  const told = group.lines.slice(0, maxDetails).map((line) => detailOf(line, group, scope));
  const rest = group.lines.length - maxDetails;
  return rest > 0 ? [...told, { text: `and ${countWords(rest)} more lines` }] : told;
}

function detailOf(line: Line, { manifests }: LineGroup, scope: ScopeNamer): Detail {
  const isWhole = line.manifests.length === manifests.length;
  const diff = line.variant === null ? null : line.occurrences[0]?.item.diff;
  const text = `${lineText(line)} (${placesOf(line)})${valuesOf(line)}`;
  return {
    text: isWhole
      ? text
      : `${countWords(line.manifests.length)} of ${countWords(manifests.length)} also: ${text}${partOfScope(line, scope)}`,
    ...(diff ? { diff } : {}),
    ...(isWhole ? {} : { manifests: line.manifests }),
  };
}

/** Which of a cause's manifests a line is about, where that can be said briefly. */
function partOfScope(line: Line, scope: ScopeNamer): string {
  const words = scope(line.manifests);
  return words.length <= maxPartScope ? `; ${words}` : "";
}

const maxPartScope = 120;

/** `build 151, os 99`: how many manifests have it in which pipeline, and how often if more than once; a package counts once. */
function placesOf({ occurrences, kind }: Line): string {
  const counts = new Map<string, Map<string, number>>();
  for (const { manifest, item } of occurrences) {
    for (const { part, count } of item.places) {
      const own = counts.get(part) ?? new Map<string, number>();
      counts.set(part, own.set(manifest, (own.get(manifest) ?? 0) + count));
    }
  }
  const parts = [...counts].filter(([part]) => part !== "sources" || counts.size === 1);
  return parts
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([part, each]) =>
        `${part} ${countWords(each.size)}${kind === "packages" ? "" : repetition([...each.values()])}`,
    )
    .join(", ");
}

function repetition(counts: readonly number[]): string {
  const least = counts.reduce((a, b) => Math.min(a, b));
  const most = counts.reduce((a, b) => Math.max(a, b));
  if (most === 1) return "";
  return ` × ${least === most ? most : `${least}–${most}`}`;
}

/** Values that differ from manifest to manifest: how many there are, all of a few, else the range and examples. */
function valuesOf({ occurrences, variant }: Line): string {
  if (variant !== null) return "";
  const pairs = new Map<string, ValuePair>();
  for (const { item } of occurrences) {
    for (const pair of item.values) pairs.set(`${pair.before} ${pair.after}`, pair);
  }
  const sorted = [...pairs.values()].toSorted(comparePairs);
  if (sorted.length === 0) return "";
  return `; ${countWords(sorted.length)} ${sorted.length === 1 ? "value" : "values"}: ${rangeText(sorted.map(pairText))}`;
}

function rangeText(values: readonly string[]): string {
  if (values.length <= maxListedValues) return values.join(", ");
  const examples = [1, 2, 3].map((quarter) => values[Math.floor((values.length * quarter) / 4)]);
  return `${values[0]} … ${values.at(-1)}, such as ${examples.join(", ")}`;
}

const maxListedValues = 4;

function comparePairs(a: ValuePair, b: ValuePair): number {
  const byNumber = Number(a.before) - Number(b.before);
  if (byNumber !== 0 && !Number.isNaN(byNumber)) return byNumber;
  if (a.before !== b.before) return a.before < b.before ? -1 : 1;
  return a.after < b.after ? -1 : a.after > b.after ? 1 : 0;
}

function pairText({ before, after }: ValuePair): string {
  if (before === "") return after;
  return after === "" ? before : `${before} → ${after}`;
}
