import { isUtf8 } from "node:buffer";
import type { PlacedDifference } from "../compare/position.ts";
import { printJson } from "../json/print.ts";
import type { JsonValue } from "../json/value.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Sides } from "./finding.ts";

/** An inline source that is gone, and the one in its place. */
export interface ItemPair {
  readonly before: PlacedDifference;
  readonly after: PlacedDifference;
}

/** The digest that an item of the sources provides. */
export function digestOf({ path }: PlacedDifference): string {
  return String(path[3]);
}

/** The digits of that digest. */
export function hexOf(difference: PlacedDifference): string {
  const digest = digestOf(difference);
  return digest.slice(digest.indexOf(":") + 1);
}

/** Which file replaces which: the one that the same setting names now, else the one that reads most alike. */
export function pairItems(
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
export function hexesIn(value: JsonValue): readonly string[] {
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
  const [a, b] = [decodeInline(old.sources, digestOf(before)), decodeInline(now.sources, digestOf(after))];
  if (a === null || b === null) return 0;
  const lines = new Set(a.split("\n"));
  const others = new Set(b.split("\n"));
  const common = [...lines].filter((line) => others.has(line)).length;
  return common / Math.max(lines.size, others.size);
}

/** The text of an inline source; null for what is none. */
export function decodeInline(sources: Catalogue, digest: string): string | null {
  const members = sources.item(digest)?.members;
  const [data, encoding] = [members?.get("data"), members?.get("encoding")];
  if (typeof data !== "string" || encoding !== "base64") return null;
  const bytes = Buffer.from(data, "base64");
  return isUtf8(bytes) && !bytes.includes(0) ? bytes.toString("utf8") : null;
}
