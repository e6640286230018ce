import { formatPointer } from "../json/pointer.ts";
import type { PlacedDifference } from "../compare/position.ts";
import type { JsonValue } from "../json/value.ts";
import { groupBy } from "./finding.ts";
import { newValue, oldValue } from "./raw-differences.ts";
import type { Substitution } from "./substitution.ts";

/** One or two differences that a substitution explains, and the old value through which it does. */
export interface Explained {
  readonly differences: readonly PlacedDifference[];
  readonly through: string;
}

/** What a substitution explains: values that changed, and what is gone from a place where its like has come. */
export function explainBy(
  substitution: Substitution,
  open: readonly PlacedDifference[],
): readonly Explained[] {
  const changed = open.flatMap((difference): Explained[] => {
    if (difference.change !== "changed") return [];
    const through = substitution.explain(difference.before.value, difference.after.value);
    return through === null ? [] : [{ differences: [difference], through }];
  });
  const siblings = groupBy(
    open.filter(({ change }) => change === "added" || change === "removed"),
    ({ at }) => formatPointer(at.after.slice(0, -1)),
  );
  return [...changed, ...[...siblings.values()].flatMap((group) => explainSiblings(substitution, group))];
}

function explainSiblings(
  substitution: Substitution,
  siblings: readonly PlacedDifference[],
): readonly Explained[] {
  const added = siblings.filter(({ change }) => change === "added");
  const removed = siblings.filter(({ change }) => change === "removed");
  if (added.length * removed.length > maxSiblingPairs) return [];
  const taken = new Set<PlacedDifference>();
  return removed.flatMap((old): Explained[] => {
    for (const now of added) {
      if (taken.has(now)) continue;
      const through = substitution.explain(keyed(old, oldValue(old)), keyed(now, newValue(now)));
      if (through === null) continue;
      taken.add(now);
      return [{ differences: [old, now], through }];
    }
    return [];
  });
}

/** Beyond this many pairs, what came and what went in one place is not compared. */
const maxSiblingPairs = 10_000;

/** A member with its key, which may carry the value; an index carries none. */
function keyed({ path }: PlacedDifference, value: JsonValue | undefined): JsonValue {
  const key = path.at(-1);
  return [typeof key === "string" ? key : null, value ?? null];
}
