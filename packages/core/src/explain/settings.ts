import type { PlacedDifference } from "../compare/position.ts";
import { sha256 } from "../digest/sha256.ts";
import { printJson } from "../json/print.ts";
import { isJsonArray, isJsonObject, JsonNumber, valueOf, type JsonValue } from "../json/value.ts";
import { joinContents, predecessorsIn } from "./content.ts";
import { groupBy, type Finding, type Sides } from "./finding.ts";
import { fieldOf, partOf, placeWords } from "./places.ts";
import { newValue, oldValue } from "./raw-differences.ts";
import { changedWords } from "./word-changes.ts";

/** What a build runs on; no id depends on it. */
export function readRunners(open: readonly PlacedDifference[]): readonly Finding[] {
  const runners = open.filter(({ place, path }) => place.kind === "pipeline" && path[0] === "runner");
  return describeGroups(runners, (difference) => ({
    kind: "runner",
    subject: `runner ${shortText(oldValue(difference))} ${shortText(newValue(difference))}`,
    variant: "",
    content: pairContent(difference),
    text: `runner: ${pairWords(difference)}`,
    general: `runner: ${pairWords(difference)}`,
  }));
}

/** Everything else: stages and pipelines that come, go or move, and settings. */
export function readEdits(open: readonly PlacedDifference[], { after }: Sides): readonly Finding[] {
  const predecessor = predecessorsIn(after.tape);
  const told = describeGroups(open.slice(0, maxEditsTold), (difference) => {
    const description = describeEdit(difference);
    if (difference.change !== "moved") return description;
    const before = predecessor(difference.at.after);
    const neighbour = before === -1 ? "" : briefly(valueOf(after.tape, before));
    return { ...description, content: digestOf([digestOf(difference.after.value), neighbour]) };
  });
  return [...told, ...describeGroups(open.slice(maxEditsTold), describeRest)];
}

/** How many differences of a manifest are told one by one; those beyond are counted. */
const maxEditsTold = 1_000;

function describeRest(difference: PlacedDifference): Description {
  const text = `${placeWords(difference)}: more differences than are told`;
  return { kind: "edit", subject: text, variant: "", content: wholeContent(difference), text, general: text };
}

/** Where a difference is and what it says; a move is told by its places. */
function wholeContent(difference: PlacedDifference): string {
  const { at, change } = difference;
  const values = change === "moved" ? [] : [oldValue(difference) ?? null, newValue(difference) ?? null];
  const places = [change === "added" ? [] : at.before, change === "removed" ? [] : at.after];
  return digestOf([change, JSON.stringify(places), ...values]);
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
    content: joinContents(group.flatMap(({ description: { content } }) => content ?? [])),
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
  const [old, now] = [oldValue(difference), newValue(difference)];
  const words = typeof old === "string" && typeof now === "string" ? changedWords(old, now) : null;
  if (words !== null) {
    const text = `${field}: ${words.text}`;
    const content = words.isAll ? "" : digestOf([old ?? null, now ?? null]);
    return { kind: "edit", subject: `${own}: ${words.text}`, variant: "", content, text, general: text };
  }
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

/** What a pair of values in words leaves out where they are long. */
function pairContent(difference: PlacedDifference): string {
  const values = [oldValue(difference), newValue(difference)];
  return values.some((value) => shortText(value).length > maxShortText)
    ? digestOf(values.map((value) => value ?? null))
    : "";
}

/** Enough of a list's item to know it again in another manifest: its name or type where it has one. */
function briefly(item: JsonValue): string {
  const name = isJsonObject(item) ? (item.get("name") ?? item.get("type") ?? item) : item;
  return digestOf(name);
}

function digestOf(value: JsonValue): string {
  const text = value instanceof JsonNumber ? value.text : printJson(value);
  return text.length <= 64 ? text : sha256(text);
}
