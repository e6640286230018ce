import * as fc from "fast-check";
import stringify from "fast-json-stable-stringify";
import type { Difference } from "../../src/compare/difference.ts";
import { isJsonArray, isJsonObject, JsonNumber, type JsonValue } from "../../src/json/value.ts";

/** What `JSON.parse` gives. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** A plain value as the lossless reader gives it. */
export function fromPlain(plain: Plain): JsonValue {
  if (typeof plain === "number") return new JsonNumber(String(plain));
  if (typeof plain !== "object" || plain === null) return plain;
  if (isPlainList(plain)) return plain.map(fromPlain);
  return new Map(Object.entries(plain).map(([key, value]) => [key, fromPlain(value)]));
}

function isPlainList(plain: Plain): plain is readonly Plain[] {
  return Array.isArray(plain);
}

/** Back again, as far as the numbers of `fromPlain` go. */
function toPlain(value: JsonValue): Plain {
  if (value instanceof JsonNumber) return Number(value.text);
  if (isJsonArray(value)) return value.map(toPlain);
  if (isJsonObject(value))
    return Object.fromEntries([...value].map(([key, member]) => [key, toPlain(member)]));
  return value;
}

/** The canonical text by the library that is the reference for it: equal exactly when the values are. */
export function canonicalText(value: JsonValue): string {
  return stringify(toPlain(value));
}

/** The value that a pointer leads to. */
export function resolve(document: JsonValue, pointer: string): JsonValue | undefined {
  let value: JsonValue | undefined = document;
  for (const step of pointer.split("/").slice(1)) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    if (isJsonObject(value)) value = value.get(key);
    else if (isJsonArray(value)) value = value[Number(key)];
    else return undefined;
  }
  return value;
}

/** A document without all that the differences name on one side: what is left must be equal on both. */
export function withoutDifferences(
  document: JsonValue,
  differences: readonly Difference[],
  side: "before" | "after",
): JsonValue | undefined {
  const named = new Set(
    differences.flatMap((difference) => {
      if (side === "before") return difference.change === "added" ? [] : [difference.before.pointer];
      return difference.change === "removed" ? [] : [difference.after.pointer];
    }),
  );
  return prune(document, "", named);
}

function prune(value: JsonValue, pointer: string, named: ReadonlySet<string>): JsonValue | undefined {
  if (named.has(pointer)) return undefined;
  if (isJsonArray(value)) {
    return value
      .map((item, index) => prune(item, `${pointer}/${index}`, named))
      .filter((item) => item !== undefined);
  }
  if (!isJsonObject(value)) return value;
  const members = new Map<string, JsonValue>();
  for (const [key, member] of value) {
    const kept = prune(member, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`, named);
    if (kept !== undefined) members.set(key, kept);
  }
  return members;
}

const anyKey = fc.constantFrom("name", "type", "id", "a", "b", "a/b", "~", "constructor");
const anyScalar = fc.constantFrom<Plain>(null, true, false, 0, 1, 2, "", "x", "y", "name");

/** Small documents of few distinct parts, so that any two have much in common. */
export const anyDocument: fc.Arbitrary<Plain> = fc.letrec<{ value: Plain }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    anyScalar,
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(anyKey, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

const anyStage: fc.Arbitrary<Plain> = fc.record({
  type: fc.constantFrom("org.osbuild.rpm", "org.osbuild.users", "org.osbuild.copy"),
  options: fc.oneof(anyDocument, fc.constantFrom<Plain>({}, { a: 1 }, { a: 2 })),
});

/** Manifests of few names, types and options. */
export const anyManifest: fc.Arbitrary<Plain> = fc.record({
  version: fc.constantFrom("2", "3"),
  pipelines: fc.oneof(
    {
      weight: 9,
      arbitrary: fc.array(
        fc.record(
          {
            name: fc.constantFrom("build", "os", "image", "tree"),
            runner: fc.constant("r"),
            stages: fc.array(anyStage, { maxLength: 6 }),
          },
          { requiredKeys: ["name"] },
        ),
        { maxLength: 4 },
      ),
    },
    { weight: 1, arbitrary: anyDocument },
  ),
  sources: fc.constantFrom<Plain>({}, { curl: { items: { x: { url: "u" } } } }),
});
