import { isSha256, type PipelineIds, type RecordedPipeline, type Sha256 } from "@imagegate/core";

/** What JSON bytes hold; undefined when they are no JSON. */
export function parseJsonBytes(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return undefined;
  }
}

/** Whether a value is an object that has these members and no other. */
export function hasExactly<Key extends string>(
  value: unknown,
  keys: readonly Key[],
): value is Readonly<Record<Key, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  return Object.keys(value).length === keys.length && keys.every((key) => Object.hasOwn(value, key));
}

/** Whether a value is a sha256 in 64 lower-case hexadecimal digits. */
export function isDigest(value: unknown): value is Sha256 {
  return typeof value === "string" && isSha256(value);
}

/** Whether a value is the ids of a manifest's pipelines, as the store keeps them. */
export function isPipelineIds(value: unknown): value is readonly PipelineIds[] {
  return Array.isArray(value) && value.every(isPipeline);
}

function isPipeline(value: unknown): boolean {
  if (!hasExactly(value, ["name", "id", "stages"])) return false;
  return isNamedId(value) && Array.isArray(value.stages) && value.stages.every(isStage);
}

/** Whether a value is as much of that as records hold. */
export function isRecordedPipelines(value: unknown): value is readonly RecordedPipeline[] {
  return Array.isArray(value) && value.every((item) => hasExactly(item, ["name", "id"]) && isNamedId(item));
}

function isNamedId({ name, id }: Readonly<Record<"name" | "id", unknown>>): boolean {
  return typeof name === "string" && (id === null || isDigest(id));
}

function isStage(value: unknown): boolean {
  return hasExactly(value, ["type", "id"]) && typeof value.type === "string" && isDigest(value.id);
}
