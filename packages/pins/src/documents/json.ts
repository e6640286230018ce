import { ok, readJson, type JsonFailure, type JsonPath, type Result } from "@imagegate/core";
import { parseTree, type Node } from "jsonc-parser";
import type { TextDocument } from "./document.ts";

/** Reads JSON (RFC 8259, every key once); places are looked up only when somebody asks for a line. */
export function readJsonDocument(bytes: Uint8Array): Result<TextDocument, JsonFailure> {
  const tape = readJson(bytes);
  if (!tape.ok) return tape;
  const text = tape.value.bytes.toString("utf8");
  let places: JsonPlaces | undefined;
  return ok({
    value: JSON.parse(text) as unknown,
    lineOf(path) {
      places ??= new JsonPlaces(text);
      return places.lineOf(path);
    },
  });
}

/** Remembers the members of every object that it was led through: a long list is searched once, not once an entry. */
class JsonPlaces {
  readonly #root: Node | undefined;
  readonly #lineStarts: readonly number[];
  readonly #members = new WeakMap<Node, ReadonlyMap<string | number, Node>>();

  constructor(text: string) {
    this.#root = parseTree(text);
    this.#lineStarts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
  }

  lineOf(path: JsonPath): number | null {
    let node = this.#root;
    for (const step of path) node = node === undefined ? undefined : this.#membersOf(node).get(step);
    return node === undefined ? null : this.#lineAt(node.offset);
  }

  #membersOf(node: Node): ReadonlyMap<string | number, Node> {
    const known = this.#members.get(node);
    if (known !== undefined) return known;
    const members = new Map(
      (node.children ?? []).map((child, index): [string | number, Node] => {
        const [key, value] = child.children ?? [];
        return node.type === "object" ? [String(key?.value), value ?? child] : [index, child];
      }),
    );
    this.#members.set(node, members);
    return members;
  }

  /** How many lines begin at or before an offset. */
  #lineAt(offset: number): number {
    let [low, high] = [0, this.#lineStarts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#lineStarts[middle] as number) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
