import {
  Kind,
  NODE_SIZE,
  ROOT,
  bytesOf,
  elementsOf,
  firstChild,
  keysOf,
  kindOf,
  memberOf,
  nextNode,
  pathOf,
  stringOf,
  type JsonTape,
} from "../json/tape.ts";
import { keysInOrder } from "../json/write.ts";
import { ManifestRefusal } from "./failure.ts";

const NONE: readonly number[] = [];

const KIND_NAMES = ["null", "true", "false", "a number", "a string", "an array", "an object"] as const;

/** Refuses anything but an object of format version 2. */
export function requireVersion2(tape: JsonTape): void {
  requireKind(tape, ROOT, Kind.object);
  const node = memberOf(tape, ROOT, "version");
  // A manifest that names no version is version 1, and the number 2 is not the text "2".
  if (node !== -1 && kindOf(tape, node) === Kind.string && stringOf(tape, node) === "2") return;
  const version = node === -1 ? '"1"' : bytesOf(tape, node).toString("utf8");
  throw new ManifestRefusal({ reason: "manifest-version-unsupported", version });
}

/** Refuses metadata that is no object; osbuild loads it, though no id depends on it. */
export function requireMetadata(tape: JsonTape): void {
  const metadata = memberOf(tape, ROOT, "metadata");
  if (metadata !== -1) requireKind(tape, metadata, Kind.object);
}

/** All references that the sources offer. */
export function offeredReferences(tape: JsonTape): ReadonlySet<string> {
  return new Set(offeredKeys(tape).flatMap((keys) => keys.map((key) => stringOf(tape, key))));
}

/** The keys of what each source offers (`osbuild/formats/v2.py load`), sorted as Python sorts. */
export function offeredKeys(tape: JsonTape): readonly (readonly number[])[] {
  return memberKeys(tape, memberOf(tape, ROOT, "sources")).map((source) => {
    const items = memberOf(tape, requireKind(tape, source + NODE_SIZE, Kind.object), "items");
    return items === -1 ? NONE : [...keysInOrder(tape, requireKind(tape, items, Kind.object), "code-point")];
  });
}

/** The key nodes of an object, each before its value's; none when the object is absent (-1). */
export function memberKeys(tape: JsonTape, object: number): readonly number[] {
  return object === -1 ? NONE : keysOf(tape, requireKind(tape, object, Kind.object));
}

/** The elements of an array; none when it is absent (-1). */
export function elements(tape: JsonTape, array: number): readonly number[] {
  return array === -1 ? NONE : elementsOf(tape, requireKind(tape, array, Kind.array));
}

/** The text of a member that must be there. */
export function requireString(tape: JsonTape, object: number, key: string): string {
  return stringOf(tape, requireStringNode(tape, object, key));
}

/** The node of a member that must be there and be a string. */
export function requireStringNode(tape: JsonTape, object: number, key: string): number {
  const node = memberOf(tape, requireKind(tape, object, Kind.object), key);
  if (node !== -1) return requireKind(tape, node, Kind.string);
  const path = [...pathOf(tape, object), key];
  throw new ManifestRefusal({ reason: "manifest-malformed", path, expected: "a string", found: null });
}

/** The text of a member, or null when it is absent or false to Python. */
export function optionalString(tape: JsonTape, object: number, key: string): string | null {
  const node = memberOf(tape, object, key);
  if (node === -1 || isFalsy(tape, node)) return null;
  return stringOf(tape, requireKind(tape, node, Kind.string));
}

/** The node itself when it is of a kind; refused otherwise. */
export function requireKind(tape: JsonTape, node: number, kind: Kind): number {
  const actual = kindOf(tape, node);
  if (actual === kind) return node;
  throw new ManifestRefusal({
    reason: "manifest-malformed",
    path: pathOf(tape, node),
    expected: KIND_NAMES[kind],
    found: KIND_NAMES[actual],
  });
}

/** Whether Python takes a node for false: null, false, zero, and what is empty. */
export function isFalsy(tape: JsonTape, node: number): boolean {
  switch (kindOf(tape, node)) {
    case Kind.null:
    case Kind.false:
      return true;
    case Kind.true:
      return false;
    case Kind.number:
      return Number(bytesOf(tape, node).toString("latin1")) === 0;
    case Kind.string:
      return bytesOf(tape, node).length === 2;
    default:
      return nextNode(tape, node) === firstChild(node);
  }
}
