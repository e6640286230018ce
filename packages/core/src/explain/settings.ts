import type { PlacedDifference } from "../compare/position.ts";
import { sha256 } from "../digest/sha256.ts";
import { printJson } from "../json/print.ts";
import { isJsonArray, isJsonObject, JsonNumber, type JsonValue } from "../json/value.ts";
import { groupBy, type Finding } from "./finding.ts";
import { fieldOf, partOf, placeWords } from "./places.ts";
import { newValue, oldValue } from "./raw-differences.ts";

/** What a build runs on; no id depends on it. */
export function readRunners(open: readonly PlacedDifference[]): readonly Finding[] {
  const runners = open.filter(({ place, path }) => place.kind === "pipeline" && path[0] === "runner");
  return describeGroups(runners, (difference) => ({
    kind: "runner",
    subject: `runner ${shortText(oldValue(difference))} ${shortText(newValue(difference))}`,
    variant: "",
    text: `runner: ${pairWords(difference)}`,
    general: `runner: ${pairWords(difference)}`,
  }));
}

/** Everything else: stages and pipelines that come, go or move, and settings. */
export function readEdits(open: readonly PlacedDifference[]): readonly Finding[] {
  const told = describeGroups(open.slice(0, maxEditsTold), describeEdit);
  return [...told, ...describeGroups(open.slice(maxEditsTold), describeRest)];
}

/** How many differences of a manifest are told one by one; those beyond are counted. */
const maxEditsTold = 1_000;

function describeRest(difference: PlacedDifference): Description {
  const text = `${placeWords(difference)}: more differences than are told`;
  return { kind: "edit", subject: text, variant: "", text, general: text };
}

function describeEdit(difference: PlacedDifference): Description {
  const { place, path } = difference;
  if (path.length > 0 || place.kind === "manifest") return describeSetting(difference);
  return describeWhole(difference, place.kind === "stage" ? place.stage : `pipeline ${place.pipeline}`);
}

type Description = Omit<Finding, "claims">;

function describeGroups(
  open: readonly PlacedDifference[],
  describe: (difference: PlacedDifference) => Description,
): readonly Finding[] {
  const described = open.map((difference) => ({ difference, description: describe(difference) }));
  const groups = groupBy(described, ({ description: { subject, variant } }) =>
    JSON.stringify([subject, variant]),
  );
  return [...groups.values()].map((group) => ({
    ...(group[0] as (typeof described)[number]).description,
    claims: group.map(({ difference }) => difference),
  }));
}

const signs = { added: "+", removed: "−", moved: "moved:", changed: "changed:" } as const;

function describeWhole(difference: PlacedDifference, what: string): Description {
  const value = difference.change === "moved" ? null : (newValue(difference) ?? oldValue(difference) ?? null);
  return {
    kind: "edit",
    subject: `${signs[difference.change]} ${what}`,
    variant: value === null ? "" : digestOf(value),
    text: `${signs[difference.change]} ${what}`,
    general: `${signs[difference.change]} ${what}`,
  };
}

function describeSetting(difference: PlacedDifference): Description {
  const { place, path, change } = difference;
  const own = fieldOf(path) || partOf(difference);
  const field = place.kind === "stage" ? `${place.stage} › ${own}` : own;
  const words = wordChanges(difference);
  if (words !== null) {
    const text = `${field}: ${words}`;
    return { kind: "edit", subject: `${own}: ${words}`, variant: "", text, general: text };
  }
  const old = oldValue(difference);
  const now = newValue(difference);
  if (change === "changed") {
    return {
      kind: "edit",
      subject: `${own} changed`,
      variant: digestOf([old ?? null, now ?? null]),
      text: `${field}: ${pairWords(difference)}`,
      general: `${field}: another value`,
      values: [{ before: shortText(old), after: shortText(now) }],
    };
  }
  if (change === "moved") {
    const text = `${field}: another order`;
    return { kind: "edit", subject: `${own}: another order`, variant: "", text, general: text };
  }
  const sign = signs[change];
  const value = (now ?? old) as JsonValue;
  const isItem = typeof path.at(-1) === "number";
  return {
    kind: "edit",
    subject: isItem && isScalar(value) ? `${own}: ${sign} ${digestOf(value)}` : `${own} ${change}`,
    variant: digestOf(value),
    text: isItem ? `${field}: ${sign} ${shortText(value)}` : `${field} ${change}: ${shortText(value)}`,
    general: isItem ? `${field}: ${sign}` : `${field} ${change}`,
    values:
      change === "added"
        ? [{ before: "", after: shortText(value) }]
        : [{ before: shortText(value), after: "" }],
  };
}

function isScalar(value: JsonValue): boolean {
  return !isJsonArray(value) && !isJsonObject(value);
}

/** Words that came and went in a text of several, such as a kernel's command line; null when it is no such text. */
function wordChanges(difference: PlacedDifference): string | null {
  const [old, now] = [oldValue(difference), newValue(difference)];
  if (typeof old !== "string" || typeof now !== "string") return null;
  if (Math.max(old.length, now.length) > maxTextLength || !/\s/.test(old + now)) return null;
  const [before, after] = [countWords(old), countWords(now)];
  const changes = [...new Set([...before.keys(), ...after.keys()])].flatMap((word) => {
    const delta = (after.get(word) ?? 0) - (before.get(word) ?? 0);
    return delta === 0 ? [] : [`${delta > 0 ? "+" : "−"} ${word}`];
  });
  return changes.length === 0 || changes.length > 6 ? null : changes.join(", ");
}

const maxTextLength = 10_000;

function countWords(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of text.split(/\s+/)) if (word !== "") counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function pairWords(difference: PlacedDifference): string {
  const [old, now] = [oldValue(difference), newValue(difference)];
  return `${old === undefined ? "nothing" : shortText(old)} → ${now === undefined ? "nothing" : shortText(now)}`;
}

/** A value as it is told in a line: texts without quotes, everything cut to fit. */
function shortText(value: JsonValue | undefined): string {
  if (value === undefined) return "";
  const text = typeof value === "string" ? value : printJson(value, maxShortText + 1);
  return text.length <= maxShortText ? text : `${text.slice(0, maxShortText)}…`;
}

const maxShortText = 60;

function digestOf(value: JsonValue): string {
  const text = value instanceof JsonNumber ? value.text : printJson(value);
  return text.length <= 64 ? text : sha256(text);
}
