import { compareKeys } from "../json/key-order.ts";
import { Kind, NODE_SIZE, keysOf, kindOf, memberOf, pathOf, stringOf, type JsonTape } from "../json/tape.ts";
import { ManifestRefusal } from "./failure.ts";
import { elements, requireStringNode } from "./manifest.ts";
import type { PythonHash } from "./python-hash.ts";

/** A reference of an input: its string node and the node of its options (-1: none). */
interface Reference {
  readonly key: number;
  readonly options: number;
}

/** A reference as it is hashed: by the node of its text, or by the id of the pipeline that it leads to. */
export interface HashedReference {
  readonly key: number | string;
  readonly options: number;
}

/** Hashes references that are sorted and distinct, as Python dumps a dictionary of them. */
export function hashReferences(references: readonly HashedReference[], hash: PythonHash): PythonHash {
  hash.raw("{");
  references.forEach(({ key, options }, index) => {
    if (index > 0) hash.raw(", ");
    if (typeof key === "number") hash.node(key);
    else hash.text(key);
    hash.raw(": ").nodeOrEmpty(options);
  });
  return hash.raw("}");
}

/** The references of an input of origin `org.osbuild.source`, each of which must be one of the offered keys. */
export function sourceReferences(
  tape: JsonTape,
  input: number,
  offered: readonly (readonly number[])[],
): readonly HashedReference[] {
  const references = distinct(tape, inputReferences(tape, input));
  const unknown = offered.reduce<readonly Reference[]>(
    (rest, keys) => withoutKeys(tape, rest, keys),
    references,
  )[0];
  if (unknown === undefined) return references;
  const [path, reference] = [pathOf(tape, unknown.key), stringOf(tape, unknown.key)];
  throw new ManifestRefusal({ reason: "manifest-unknown-source", path, reference });
}

/**
 * The references that are none of the keys; both sorted. They are compared as they stand in the document, which takes
 * half as long as a set of their texts.
 */
function withoutKeys(
  tape: JsonTape,
  references: readonly Reference[],
  keys: readonly number[],
): readonly Reference[] {
  let from = 0;
  return references.filter(({ key }) => {
    from = lowerBound(tape, keys, { key, from });
    return from === keys.length || compareKeys(tape, keys[from] as number, key, "code-point") !== 0;
  });
}

/** The first of the sorted keys, from one on, that is not before another; near ones are found sooner. */
function lowerBound(
  tape: JsonTape,
  keys: readonly number[],
  { key, from }: { readonly key: number; readonly from: number },
): number {
  const isBefore = (index: number): boolean =>
    compareKeys(tape, keys[index] as number, key, "code-point") < 0;
  let low = from;
  let step = 1;
  while (low + step <= keys.length && isBefore(low + step - 1)) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step - 1, keys.length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The references of an input of origin `org.osbuild.pipeline`, each resolved to the id of its pipeline.
 * Those without `name:` are dropped and those of equal id collapse, the last one's options staying: so does osbuild.
 */
export function pipelineReferences(
  tape: JsonTape,
  input: number,
  resolve: (reference: string, node: number) => string | null,
): readonly HashedReference[] {
  const options = new Map<string | null, number>();
  for (const reference of lastOfEach(tape, inputReferences(tape, input))) {
    const text = stringOf(tape, reference.key);
    if (text.startsWith("name:")) options.set(resolve(text, reference.key), reference.options);
  }
  if (options.has(null) && options.size > 1) {
    const path = pathOf(tape, memberOf(tape, input, "references"));
    throw new ManifestRefusal({ reason: "manifest-unsortable-references", path });
  }
  return Array.from(options, ([id, node]) => ({ key: id ?? "null", options: node })).sort((left, right) =>
    left.key < right.key ? -1 : 1,
  );
}

/** References are a list of texts, a list of `{id, options}`, or an object from text to options. */
function inputReferences(tape: JsonTape, input: number): Reference[] {
  const references = memberOf(tape, input, "references");
  if (references !== -1 && kindOf(tape, references) === Kind.object)
    return keysOf(tape, references).map((key) => ({ key, options: key + NODE_SIZE }));
  return elements(tape, references).map((element) => {
    if (kindOf(tape, element) === Kind.string) return { key: element, options: -1 };
    return { key: requireStringNode(tape, element, "id"), options: memberOf(tape, element, "options") };
  });
}

/** In the list's order; a later one of the same text replaces the options of the first, in its place. */
function lastOfEach(tape: JsonTape, references: readonly Reference[]): Iterable<Reference> {
  const byText = new Map<string, Reference>();
  for (const reference of references) byText.set(stringOf(tape, reference.key), reference);
  return byText.values();
}

/** Sorted as Python sorts, the last of equal ones kept. */
function distinct(tape: JsonTape, references: Reference[]): Reference[] {
  let repeats = 0;
  references.sort((left, right) => {
    const order = compareKeys(tape, left.key, right.key, "code-point");
    if (order === 0) repeats += 1;
    return order;
  });
  if (repeats === 0) return references;
  return references.filter(({ key }, index) => {
    const next = references[index + 1];
    return next === undefined || compareKeys(tape, key, next.key, "code-point") !== 0;
  });
}
