import type { PlacedDifference } from "../compare/position.ts";
import type { JsonTape } from "../json/tape.ts";
import type { Catalogue } from "./catalogue.ts";
import type { CauseClass } from "./explanation.ts";
import type { ItemKind, PackageMark, ValuePair } from "./manifest-change.ts";
import type { ExplainProfile } from "./profile.ts";

/** One thing that changed, with all differences that it accounts for; each difference is claimed once. */
export interface Finding {
  readonly kind: ItemKind;
  readonly subject: string;
  readonly variant: string;
  readonly text: string;
  readonly general: string;
  /** What the texts above leave out and tells it from others; see `ChangeItem`. */
  readonly content?: string;
  readonly package?: PackageMark;
  readonly values?: readonly ValuePair[];
  readonly diff?: readonly string[];
  readonly claims: readonly PlacedDifference[];
  /** Where the finding knows better than its places what it does to the ids. */
  readonly class?: CauseClass;
  /** The sources that it brings or no longer needs: their items belong to it. */
  readonly digests?: readonly string[];
}

/** One of the two documents. */
export interface Side {
  readonly tape: JsonTape;
  readonly sources: Catalogue;
}

/** The two documents that a change lies between. */
export interface Sides {
  readonly before: Side;
  readonly after: Side;
  readonly profile: ExplainProfile;
}

/** Finds what it knows among the differences that nothing has claimed yet. */
export type Reader = (open: readonly PlacedDifference[], sides: Sides) => readonly Finding[];

/** Lists by key, in order of first appearance. */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const known = groups.get(key);
    if (known) known.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
