import type { PlacedDifference } from "../compare/position.ts";
import type { JsonPath } from "../json/pointer.ts";

/** The part of a manifest that a difference is in: a pipeline's name, or the section. */
export function partOf({ place, path }: PlacedDifference): string {
  if (place.kind !== "manifest") return place.pipeline;
  return path[0] === undefined ? "document" : String(path[0]);
}

/** The place of a difference in words, such as `os › org.osbuild.rpm`. */
export function placeWords(difference: PlacedDifference): string {
  const { place } = difference;
  return place.kind === "stage" ? `${place.pipeline} › ${place.stage}` : partOf(difference);
}

/** A path without what tells one item from another: indices, digests, names that somebody chose for a device. */
export function fieldOf(path: JsonPath): string {
  const steps = path.map((step, index) => {
    if (typeof step === "number") return "[]";
    if (path[index - 1] === "devices") return "*";
    return step.replace(/[0-9a-f]{12,}/gi, "*");
  });
  return steps
    .filter((step, index) => index > 0 || step !== "options")
    .join(".")
    .replaceAll(".[]", "[]");
}
