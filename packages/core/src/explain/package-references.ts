import type { PlacedDifference } from "../compare/position.ts";
import type { JsonPath } from "../json/pointer.ts";
import { Kind, elementsOf, keysOf, kindOf, memberOf, stringOf, type JsonTape } from "../json/tape.ts";
import { isJsonObject, type JsonValue } from "../json/value.ts";
import { nodeAt } from "./catalogue.ts";
import type { Sides } from "./finding.ts";
import { sourceName, type SourceName } from "./package-names.ts";
import { newValue, oldValue } from "./raw-differences.ts";

/** A package reference that came, went or moved within its list. */
export interface Reference {
  readonly difference: PlacedDifference;
  readonly pipeline: string;
  readonly digest: string;
  readonly name: SourceName;
  readonly change: "added" | "removed" | "order" | "repeated";
}

/** The references to packages among some differences. */
export function readReferences(open: readonly PlacedDifference[], sides: Sides): readonly Reference[] {
  const references = open.flatMap((difference) => referenceOf(difference, sides) ?? []);
  return markRepetitions(references, sides);
}

function referenceOf(difference: PlacedDifference, { before, after, profile }: Sides): Reference | null {
  const { place, path } = difference;
  if (place.kind !== "stage" || path.length !== 4) return null;
  if (path[0] !== "inputs" || path[2] !== "references" || difference.change === "changed") return null;
  const isOld = difference.change === "removed";
  const value = isOld ? oldValue(difference) : newValue(difference);
  const digest = typeof path[3] === "string" ? path[3] : digestOf(value);
  if (digest === null) return null;
  const name = sourceName(digest, (isOld ? before : after).sources, profile);
  if (name.package === null && name.marker === null) return null;
  const change = difference.change === "moved" ? "order" : difference.change;
  return { difference, pipeline: place.pipeline, digest, name, change };
}

function digestOf(value: JsonValue | undefined): string | null {
  if (typeof value === "string") return value;
  const id = isJsonObject(value) ? value.get("id") : undefined;
  return typeof id === "string" ? id : null;
}

/** A reference that its list had before, or still has, is only named more or less often. */
function markRepetitions(references: readonly Reference[], { before, after }: Sides): readonly Reference[] {
  const listsBefore = digestLists(before.tape);
  const listsAfter = digestLists(after.tape);
  return references.map((reference) => {
    const { at } = reference.difference;
    if (reference.change === "order") return reference;
    const others =
      reference.change === "added" ? listsBefore(at.before.slice(0, -1)) : listsAfter(at.after.slice(0, -1));
    return others.has(reference.digest) ? { ...reference, change: "repeated" } : reference;
  });
}

/** Reads lists of references as the digests in them, each list once. */
function digestLists(tape: JsonTape): (path: JsonPath) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>();
  return (path) => {
    const key = path.join("/");
    const digests = known.get(key) ?? listedDigests(tape, nodeAt(tape, path));
    known.set(key, digests);
    return digests;
  };
}

function listedDigests(tape: JsonTape, node: number): ReadonlySet<string> {
  const kind = node === -1 ? Kind.null : kindOf(tape, node);
  if (kind === Kind.object) return new Set(Array.from(keysOf(tape, node), (key) => stringOf(tape, key)));
  if (kind !== Kind.array) return new Set();
  return new Set(Array.from(elementsOf(tape, node), (element) => listedDigest(tape, element)));
}

/** The digest that an item of a list of references names; empty where it names none. */
export function listedDigest(tape: JsonTape, element: number): string {
  const id = kindOf(tape, element) === Kind.object ? memberOf(tape, element, "id") : element;
  return id !== -1 && kindOf(tape, id) === Kind.string ? stringOf(tape, id) : "";
}
