import { isJsonArray, isJsonObject, JsonNumber, type JsonObject, type JsonValue } from "../json/value.ts";

/** Whether two values have one canonical form: key order does not count, the text of a number does. */
export function equalValues(a: JsonValue, b: JsonValue): boolean {
  if (a === b) return true;
  if (isJsonArray(a)) return isJsonArray(b) && equalArrays(a, b);
  if (isJsonObject(a)) return isJsonObject(b) && equalObjects(a, b);
  return a instanceof JsonNumber && b instanceof JsonNumber && a.text === b.text;
}

function equalArrays(a: readonly JsonValue[], b: readonly JsonValue[]): boolean {
  return a.length === b.length && a.every((item, index) => equalValues(item, b[index] as JsonValue));
}

function equalObjects(a: JsonObject, b: JsonObject): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    const other = b.get(key);
    if (other === undefined || !equalValues(value, other)) return false;
  }
  return true;
}

/** Numbers values so that two of them get one number exactly when they are equal. */
export function createNumbering(): (value: JsonValue) => number {
  const seen = new Map<number, { readonly value: JsonValue; readonly number: number }[]>();
  let count = 0;
  return (value) => {
    const hash = hashValue(value);
    const sameHash = seen.get(hash);
    const known = sameHash?.find((entry) => equalValues(entry.value, value));
    if (known) return known.number;
    const entry = { value, number: count++ };
    if (sameHash) sameHash.push(entry);
    else seen.set(hash, [entry]);
    return entry.number;
  };
}

/** A 32-bit hash, equal for equal values; object members are summed, since their order does not count. */
export function hashValue(value: JsonValue): number {
  if (value === null) return 1;
  if (typeof value === "boolean") return value ? 2 : 3;
  if (typeof value === "string") return hashText(value, 4);
  if (value instanceof JsonNumber) return hashText(value.text, 5);
  if (isJsonArray(value)) return hashArray(value);
  let sum = 7;
  for (const [key, member] of value) sum = (sum + mix(hashText(key, 8), hashValue(member))) | 0;
  return sum;
}

function hashArray(items: readonly JsonValue[]): number {
  let hash = 6;
  let last: JsonValue | undefined;
  let lastHash = 0;
  for (const item of items) {
    // What two lists begin with is one mark, again and again (`changed-parts.ts`).
    if (item !== last) lastHash = hashValue(item);
    last = item;
    hash = mix(hash, lastHash);
  }
  return hash;
}

/** A 32-bit hash of a text; another seed gives another. */
export function hashText(text: string, seed: number): number {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) hash = mix(hash, text.charCodeAt(index));
  return hash;
}

/** One FNV-1a step, with the high bits folded back so that sums of mixed values spread as well. */
export function mix(hash: number, value: number): number {
  const product = Math.imul(hash ^ value, 0x01000193);
  return product ^ (product >>> 15);
}
