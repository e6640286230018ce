import type { PlacedDifference } from "../compare/position.ts";
import { sha256 } from "../digest/sha256.ts";
import { isJsonObject, valueOf, type JsonValue } from "../json/value.ts";
import { nodeAt } from "./catalogue.ts";
import { explainBy } from "./counterparts.ts";
import { groupBy, type Finding, type Sides } from "./finding.ts";
import { decodeInline, digestOf, hexOf, hexesIn, pairItems, type ItemPair } from "./inline-pairs.ts";
import { isInSources, newValue, oldValue } from "./raw-differences.ts";
import { Substitution } from "./substitution.ts";
import { diffTexts, type TextDiff } from "./text-diff.ts";

const inlineKind = "org.osbuild.inline";

/** Files that the manifest carries: what changed in them, with all the places that name them by digest. */
export function readInlineSources(open: readonly PlacedDifference[], sides: Sides): readonly Finding[] {
  const items = open.filter(isInlineItem);
  if (items.length === 0) return [];
  const removed = items.filter(({ change }) => change === "removed");
  const added = items.filter(({ change }) => change === "added");
  const elsewhere = open.filter((difference) => !isInSources(difference));
  const pairs = pairItems(removed, added, elsewhere, sides);
  const paired = new Set(pairs.flatMap(({ before, after }) => [before, after]));
  const single = items.filter((item) => !paired.has(item) && item.change !== "changed");
  const users = usersByHex(elsewhere);
  return [
    ...describeReplaced(pairs, elsewhere, sides),
    ...single.flatMap((item) =>
      describeSingle(item, users.get(`${item.change} ${hexOf(item)}`) ?? [], sides),
    ),
  ];
}

/** The settings that came or went, by what they did and a digest that they name. */
function usersByHex(
  elsewhere: readonly PlacedDifference[],
): ReadonlyMap<string, readonly PlacedDifference[]> {
  const uses = elsewhere.flatMap((difference) => {
    const { change, path } = difference;
    if (path.length === 0 || change === "changed" || change === "moved") return [];
    const value = newValue(difference) ?? oldValue(difference) ?? null;
    return [...new Set(hexesIn([String(path.at(-1)), value]))].map((hex) => ({
      hex: `${change} ${hex}`,
      difference,
    }));
  });
  return new Map(
    [...groupBy(uses, ({ hex }) => hex)].map(([hex, group]) => [
      hex,
      group.map(({ difference }) => difference),
    ]),
  );
}

/** A file that came or went with the settings that name it; one of a stage that came or went belongs to the stage. */
function describeSingle(
  item: PlacedDifference,
  users: readonly PlacedDifference[],
  sides: Sides,
): readonly Finding[] {
  if (users.length === 0) return [];
  const side = item.change === "added" ? sides.after : sides.before;
  const text = decodeInline(side.sources, digestOf(item));
  const diff = text === null ? null : item.change === "added" ? diffTexts("", text) : diffTexts(text, "");
  const target = users.map((user) =>
    destinationIn(item.change === "added" ? newValue(user) : oldValue(user)),
  );
  const words = `file ${target.find((to) => to !== null) ?? "carried inline"} ${item.change}`;
  return [
    {
      kind: "inline-source",
      subject: words,
      variant: digestOf(item),
      text: words,
      general: words,
      ...(diff === null ? {} : { diff: diff.lines }),
      claims: [item, ...users],
      digests: [digestOf(item)],
    },
  ];
}

/** The `to` of a setting that copies a file. */
function destinationIn(value: JsonValue | undefined): string | null {
  const to = isJsonObject(value) ? value.get("to") : undefined;
  return typeof to === "string" ? to.replace(/^(?:tree|mount|input):\/\//, "") : null;
}

function isInlineItem(difference: PlacedDifference): boolean {
  const { path } = difference;
  return isInSources(difference) && path[1] === inlineKind && path[2] === "items" && path.length === 4;
}

function describeReplaced(
  pairs: readonly ItemPair[],
  elsewhere: readonly PlacedDifference[],
  sides: Sides,
): readonly Finding[] {
  const explained = explainBy(
    new Substitution(pairs.map(({ before, after }) => ({ before: hexOf(before), after: hexOf(after) }))),
    elsewhere,
  );
  return pairs.map(({ before, after }) => {
    const consequences = explained
      .filter(({ through }) => through === hexOf(before))
      .flatMap(({ differences }) => differences);
    const target = targetOf(consequences, sides);
    return describeFile(target, { before, after }, consequences, sides);
  });
}

function describeFile(
  target: string,
  { before, after }: ItemPair,
  consequences: readonly PlacedDifference[],
  sides: Sides,
): Finding {
  const [old, now] = [
    decodeInline(sides.before.sources, digestOf(before)),
    decodeInline(sides.after.sources, digestOf(after)),
  ];
  const diff = old === null || now === null ? null : diffTexts(old, now);
  const what = diff === null ? "binary content differs" : countLines(diff);
  return {
    kind: "inline-source",
    subject: `file ${target}`,
    variant: diff === null ? `${hexOf(before)} ${hexOf(after)}` : sha256(diff.body),
    text: `file ${target}: ${what}`,
    general: `file ${target}: its content differs`,
    ...(diff === null ? {} : { diff: diff.lines }),
    claims: [before, after, ...consequences],
    digests: [digestOf(before), digestOf(after)],
  };
}

function countLines({ added, removed }: TextDiff): string {
  return `+${added} −${removed} ${added + removed === 1 ? "line" : "lines"}`;
}

/** Where the file goes: the `to` beside the setting that names its digest. */
function targetOf(consequences: readonly PlacedDifference[], { after }: Sides): string {
  for (const { at, change } of consequences) {
    if (change === "removed") continue;
    const parent = nodeAt(after.tape, at.after.slice(0, -1));
    const value: JsonValue = parent === -1 ? null : valueOf(after.tape, parent);
    const to = destinationIn(value);
    if (to !== null) return to;
  }
  return "carried inline";
}
