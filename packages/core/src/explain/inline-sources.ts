import { isUtf8 } from "node:buffer";
import type { PlacedDifference } from "../compare/position.ts";
import { sha256 } from "../digest/sha256.ts";
import { printJson } from "../json/print.ts";
import { isJsonObject, valueOf, type JsonValue } from "../json/value.ts";
import { nodeAt, type Catalogue } from "./catalogue.ts";
import { explainBy } from "./counterparts.ts";
import { groupBy, type Finding, type Sides } from "./finding.ts";
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
  const text = decode(side.sources, digestOf(item));
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

interface ItemPair {
  readonly before: PlacedDifference;
  readonly after: PlacedDifference;
}

function isInlineItem(difference: PlacedDifference): boolean {
  const { path } = difference;
  return isInSources(difference) && path[1] === inlineKind && path[2] === "items" && path.length === 4;
}

function digestOf({ path }: PlacedDifference): string {
  return String(path[3]);
}

function hexOf(difference: PlacedDifference): string {
  const digest = digestOf(difference);
  return digest.slice(digest.indexOf(":") + 1);
}

/** Which file replaces which: the one that the same setting names now, else the one that reads most alike. */
function pairItems(
  removed: readonly PlacedDifference[],
  added: readonly PlacedDifference[],
  elsewhere: readonly PlacedDifference[],
  sides: Sides,
): readonly ItemPair[] {
  const votes = countVotes(elsewhere);
  const isFew = removed.length * added.length <= maxLikenessPairs;
  const candidates = removed.flatMap((before) =>
    added.flatMap((after) => {
      const named = votes.get(`${hexOf(before)} ${hexOf(after)}`) ?? 0;
      const likeness = named > 0 ? 1 + named : isFew ? alike(before, after, sides) : 0;
      return likeness < minLikeness ? [] : [{ before, after, likeness }];
    }),
  );
  const taken = new Set<PlacedDifference>();
  return candidates
    .toSorted((a, b) => b.likeness - a.likeness)
    .filter(({ before, after }) => {
      if (taken.has(before) || taken.has(after)) return false;
      taken.add(before).add(after);
      return true;
    });
}

const minLikeness = 0.5;
/** Beyond this many pairs, texts are not compared to find which replaces which. */
const maxLikenessPairs = 400;

/** How many settings name one digest where they named another. */
function countVotes(elsewhere: readonly PlacedDifference[]): ReadonlyMap<string, number> {
  const votes = new Map<string, number>();
  for (const difference of elsewhere) {
    if (difference.change !== "changed") continue;
    const [old, now] = [hexesIn(difference.before.value), hexesIn(difference.after.value)];
    if (old.length !== now.length) continue;
    for (const pair of new Set(old.map((hex, index) => `${hex} ${now[index]}`))) {
      votes.set(pair, (votes.get(pair) ?? 0) + 1);
    }
  }
  return votes;
}

/** The long hexadecimal words in a value. */
function hexesIn(value: JsonValue): readonly string[] {
  return printJson(value, maxReferenceLength).match(/[0-9a-f]{32,}/g) ?? [];
}

/** No digest is read from what is longer. */
const maxReferenceLength = 10_000;

/** How much of two texts' lines are the same, from 0 to 1. */
function alike(
  before: PlacedDifference,
  after: PlacedDifference,
  { before: old, after: now }: Sides,
): number {
  const [a, b] = [decode(old.sources, digestOf(before)), decode(now.sources, digestOf(after))];
  if (a === null || b === null) return 0;
  const lines = new Set(a.split("\n"));
  const others = new Set(b.split("\n"));
  const common = [...lines].filter((line) => others.has(line)).length;
  return common / Math.max(lines.size, others.size);
}

/** The text of an inline source; null for what is none. */
function decode(sources: Catalogue, digest: string): string | null {
  const members = sources.item(digest)?.members;
  const [data, encoding] = [members?.get("data"), members?.get("encoding")];
  if (typeof data !== "string" || encoding !== "base64") return null;
  const bytes = Buffer.from(data, "base64");
  return isUtf8(bytes) && !bytes.includes(0) ? bytes.toString("utf8") : null;
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
    decode(sides.before.sources, digestOf(before)),
    decode(sides.after.sources, digestOf(after)),
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
