import { isJsonArray, isJsonObject, type JsonValue } from "../json/value.ts";
import { hashValue } from "./equality.ts";
import type { Difference } from "./difference.ts";
import { enterPlace, root, type PlacedDifference, type Position } from "./position.ts";
import { scalarTraits, type Traits } from "./resemblance.ts";
import { compareItems, compareMembers, compareValues, type ItemRules } from "./values.ts";

/** The differences of two JSON documents of any kind, all in the place `manifest`; none exactly when they are equal. */
export function compareDocuments(before: JsonValue, after: JsonValue): readonly Difference[] {
  return compareValues(before, after, root).map(withoutPosition);
}

/**
 * The differences of two osbuild manifests of format version 2; none exactly when they are equal.
 * Sorted by key, pipelines and stages in the order of the new manifest. A renamed pipeline is one whose name changed.
 * Whatever is not shaped like a manifest is compared as any JSON value is.
 */
export function compareManifests(before: JsonValue, after: JsonValue): readonly Difference[] {
  return placeDifferences(before, after).map(withoutPosition);
}

/** The differences of two manifests as `compareManifests` gives them, each with where the comparison stood. */
export function placeDifferences(before: JsonValue, after: JsonValue): readonly PlacedDifference[] {
  if (!isJsonObject(before) || !isJsonObject(after)) return compareValues(before, after, root);
  return compareMembers(before, after, root, new Map([["pipelines", comparePipelines]]));
}

function withoutPosition(difference: PlacedDifference): Difference {
  const { place, path, change } = difference;
  switch (change) {
    case "added":
      return { place, path, change, after: difference.after };
    case "removed":
      return { place, path, change, before: difference.before };
    default:
      return { place, path, change, before: difference.before, after: difference.after };
  }
}

function comparePipelines(before: JsonValue, after: JsonValue, at: Position): readonly PlacedDifference[] {
  return isListOf("name", before) && isListOf("name", after)
    ? compareItems({ before, after }, at, pipelineItems)
    : compareValues(before, after, at);
}

/** Pipelines are paired by name; those left over, by having the same stages, or four fifths of them. */
const pipelineItems: ItemRules = {
  likenesses: [
    { key: (item) => textMember(item, "name"), where: "anywhere" },
    { key: presentStages, where: "anywhere" },
    { key: () => "", where: "anywhere", resemblance: { traits: stageTraits, least: 0.8 } },
  ],
  enter: ({ value }, at) => enterPlace(at, { kind: "pipeline", pipeline: textMember(value, "name") ?? "" }),
  compare: (before, after, at) =>
    isJsonObject(before) && isJsonObject(after)
      ? compareMembers(before, after, at, new Map([["stages", compareStages]]))
      : compareValues(before, after, at),
};

function compareStages(before: JsonValue, after: JsonValue, at: Position): readonly PlacedDifference[] {
  return isListOf("type", before) && isListOf("type", after) && at.place.kind === "pipeline"
    ? compareItems({ before, after }, at, stageItems(at.place.pipeline))
    : compareValues(before, after, at);
}

/** Stages are paired by type, between the same unchanged neighbours; then those that moved, if half of them is the same. */
function stageItems(pipeline: string): ItemRules {
  return {
    likenesses: [
      { key: typeOf, where: "in-order", resemblance: { traits: scalarTraits, least: 0 } },
      { key: typeOf, where: "anywhere", resemblance: { traits: scalarTraits, least: 0.5 } },
    ],
    enter: ({ value, index }, at) =>
      enterPlace(at, { kind: "stage", pipeline, stage: textMember(value, "type") ?? "", index }),
    compare: compareValues,
  };
}

function typeOf(stage: JsonValue): string | null {
  return textMember(stage, "type");
}

function stageTraits(pipeline: JsonValue): Traits {
  const stages = presentStages(pipeline);
  return new Set(isJsonArray(stages) ? stages.map(hashValue) : []);
}

function presentStages(pipeline: JsonValue): JsonValue | null {
  const stages = isJsonObject(pipeline) ? pipeline.get("stages") : undefined;
  return isJsonArray(stages) && stages.length > 0 ? stages : null;
}

/** Whether a value is a list of objects that all have a text under the key. */
function isListOf(key: string, value: JsonValue): value is readonly JsonValue[] {
  return isJsonArray(value) && value.every((item) => textMember(item, key) !== null);
}

function textMember(value: JsonValue, key: string): string | null {
  const member = isJsonObject(value) ? value.get(key) : undefined;
  return typeof member === "string" ? member : null;
}
