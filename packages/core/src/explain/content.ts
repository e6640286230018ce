import { sha256 } from "../digest/sha256.ts";
import type { JsonPath } from "../json/pointer.ts";
import { elementsOf, Kind, kindOf, type JsonTape } from "../json/tape.ts";
import { nodeAt } from "./catalogue.ts";

/** One text for the contents of several places, in whatever order and however often they come. */
export function joinContents(contents: readonly string[]): string {
  const distinct = [...new Set(contents)].toSorted();
  const [only = ""] = distinct;
  return distinct.length <= 1 ? only : sha256(JSON.stringify(distinct));
}

/** Finds the node before an item of a list, -1 for the first; each list is read once. */
export function predecessorsIn(tape: JsonTape): (item: JsonPath) => number {
  const known = new Map<string, readonly number[]>();
  return (item) => {
    const list = item.slice(0, -1);
    const key = JSON.stringify(list);
    const nodes = known.get(key) ?? listNodes(tape, list);
    known.set(key, nodes);
    return nodes[Number(item.at(-1)) - 1] ?? -1;
  };
}

function listNodes(tape: JsonTape, list: JsonPath): readonly number[] {
  const node = nodeAt(tape, list);
  return node !== -1 && kindOf(tape, node) === Kind.array ? [...elementsOf(tape, node)] : [];
}
