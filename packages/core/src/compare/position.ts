import { formatPointer, type JsonPath } from "../json/pointer.ts";
import type { JsonValue } from "../json/value.ts";
import type { Difference, Located, Place } from "./difference.ts";

/** Where a comparison stands: the place, the path within it, and the paths from the root of either document. */
export interface Position {
  readonly place: Place;
  readonly path: JsonPath;
  readonly before: JsonPath;
  readonly after: JsonPath;
}

/** A difference and where the comparison stood; for what only one document has, the last step of the other path means nothing. */
export type PlacedDifference = Difference & { readonly at: Position };

/** A key or an index in either document. */
export interface Step {
  readonly before: string | number;
  readonly after: string | number;
}

/** The root of two documents. */
export const root: Position = { place: { kind: "manifest" }, path: [], before: [], after: [] };

/** The position one step further in. */
export function stepInto(at: Position, { before, after }: Step): Position {
  return {
    place: at.place,
    path: [...at.path, after],
    before: [...at.before, before],
    after: [...at.after, after],
  };
}

/** The same position as the start of a place of its own. */
export function enterPlace(at: Position, place: Place): Position {
  return { ...at, place, path: [] };
}

/** The difference of a value that only the new document has. */
export function added(value: JsonValue, at: Position): PlacedDifference {
  return { at, place: at.place, path: at.path, change: "added", after: locate(value, at.after) };
}

/** The difference of a value that only the old document has. */
export function removed(value: JsonValue, at: Position): PlacedDifference {
  return { at, place: at.place, path: at.path, change: "removed", before: locate(value, at.before) };
}

/** The difference of a value that both documents have. */
export function altered(
  change: "changed" | "moved",
  values: { readonly before: JsonValue; readonly after: JsonValue },
  at: Position,
): PlacedDifference {
  return {
    at,
    place: at.place,
    path: at.path,
    change,
    before: locate(values.before, at.before),
    after: locate(values.after, at.after),
  };
}

function locate(value: JsonValue, path: JsonPath): Located {
  return { pointer: formatPointer(path), value };
}
