import { changedParts } from "../compare/changed-parts.ts";
import { placeDifferences } from "../compare/differences.ts";
import { added, removed, stepInto, type PlacedDifference } from "../compare/position.ts";
import type { JsonTape } from "../json/tape.ts";
import { isJsonObject, type JsonValue } from "../json/value.ts";

/** All differences of two documents; sources that come or go do so item by item, since items differ for several reasons. */
export function rawDifferences(before: JsonTape, after: JsonTape): readonly PlacedDifference[] {
  const parts = changedParts(before, after);
  return placeDifferences(parts.before, parts.after).flatMap(splitSources);
}

/** The value that was there. */
export function oldValue(difference: PlacedDifference): JsonValue | undefined {
  return difference.change === "added" ? undefined : difference.before.value;
}

/** The value that is there now. */
export function newValue(difference: PlacedDifference): JsonValue | undefined {
  return difference.change === "removed" ? undefined : difference.after.value;
}

/** Whether a difference lies in the sources. */
export function isInSources(difference: PlacedDifference): boolean {
  return difference.place.kind === "manifest" && difference.path[0] === "sources";
}

function splitSources(difference: PlacedDifference): readonly PlacedDifference[] {
  if (difference.change !== "added" && difference.change !== "removed") return [difference];
  const value = difference.change === "added" ? difference.after.value : difference.before.value;
  if (!isSourceContainer(difference) || !isJsonObject(value)) return [difference];
  const members = [...value.keys()].toSorted().map((key) => {
    return atPath(difference, [key], value.get(key) as JsonValue);
  });
  return [atPath(difference, [], nothing), ...members.flatMap(splitSources)];
}

/** A container whose members are differences of their own. */
const nothing: JsonValue = new Map();

/** `sources`, a kind, its items, its options and their mirrors: what they hold has reasons of its own. */
function isSourceContainer(difference: PlacedDifference): boolean {
  if (!isInSources(difference)) return false;
  const [, , section, table] = difference.path;
  if (difference.path.length === 4) return section === "options" && table === "mirrors";
  return difference.path.length < 3 || (difference.path.length === 3 && isSection(section));
}

function isSection(name: string | number | undefined): boolean {
  return name === "items" || name === "options";
}

function atPath(difference: PlacedDifference, steps: readonly string[], value: JsonValue): PlacedDifference {
  const at = steps.reduce((at, step) => stepInto(at, { before: step, after: step }), difference.at);
  return difference.change === "added" ? added(value, at) : removed(value, at);
}
