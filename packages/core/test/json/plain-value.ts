import { JsonNumber, isJsonObject, type JsonValue } from "../../src/json/value.ts";

/** A JSON value as JSON.parse would give it, numbers rounded to doubles. */
export function plainValue(value: JsonValue): unknown {
  if (value instanceof JsonNumber) return Number(value.text);
  if (isJsonObject(value)) {
    return Object.fromEntries(Array.from(value, ([key, member]) => [key, plainValue(member)]));
  }
  return Array.isArray(value) ? value.map((element: JsonValue) => plainValue(element)) : value;
}
