import type { JsonPath } from "../json/pointer.ts";
import {
  Kind,
  NODE_SIZE,
  ROOT,
  elementsOf,
  keysOf,
  kindOf,
  memberOf,
  stringOf,
  type JsonTape,
} from "../json/tape.ts";
import { isJsonObject, valueOf, type JsonObject } from "../json/value.ts";

/** One item of a manifest's sources. */
export interface SourceItem {
  /** The kind of source, such as `org.osbuild.curl`. */
  readonly kind: string;
  /** The item's own members; none where it is a bare text. */
  readonly members: JsonObject;
  /** From where it is fetched, a mirror's address included; null where the item does not say so. */
  readonly url: string | null;
  /** The key of the mirror that it is fetched from. */
  readonly mirror: string | null;
}

/** The sources of one manifest by the digest that they provide; read when first asked for. */
export class Catalogue {
  readonly #tape: JsonTape;
  #nodes: ReadonlyMap<string, { readonly kind: string; readonly node: number }> | null = null;
  readonly #mirrors = new Map<string, JsonObject>();

  constructor(tape: JsonTape) {
    this.#tape = tape;
  }

  /** All digests, in the manifest's order. */
  digests(): Iterable<string> {
    return this.#read().keys();
  }

  has(digest: string): boolean {
    return this.#read().has(digest);
  }

  /** The item of a digest, or null when no source provides it. */
  item(digest: string): SourceItem | null {
    const entry = this.#read().get(digest);
    if (entry === undefined) return null;
    const value = valueOf(this.#tape, entry.node);
    const members: JsonObject = isJsonObject(value)
      ? value
      : new Map(typeof value === "string" ? [["url", value]] : []);
    const mirror = textOf(members, "mirror");
    return { kind: entry.kind, members, mirror, url: this.#url(entry.kind, members, mirror) };
  }

  #url(kind: string, members: JsonObject, mirror: string | null): string | null {
    const url = textOf(members, "url");
    if (url !== null) return url;
    const path = textOf(members, "path");
    if (path === null) return imageName(members);
    const base = mirror === null ? null : this.mirrorUrl(kind, mirror);
    return base === null ? path : `${base.replace(/\/$/, "")}/${path}`;
  }

  /** The address of a mirror, or null. */
  mirrorUrl(kind: string, mirror: string): string | null {
    const table = this.#mirrorTable(kind).get(mirror);
    return isJsonObject(table) ? textOf(table, "url") : null;
  }

  #mirrorTable(kind: string): JsonObject {
    const known = this.#mirrors.get(kind);
    if (known) return known;
    const node = nodeAt(this.#tape, ["sources", kind, "options", "mirrors"]);
    const value = node === -1 ? null : valueOf(this.#tape, node);
    const table: JsonObject = isJsonObject(value ?? undefined) ? (value as JsonObject) : new Map();
    this.#mirrors.set(kind, table);
    return table;
  }

  #read(): ReadonlyMap<string, { readonly kind: string; readonly node: number }> {
    this.#nodes ??= sourceNodes(this.#tape);
    return this.#nodes;
  }
}

function sourceNodes(tape: JsonTape): ReadonlyMap<string, { readonly kind: string; readonly node: number }> {
  const nodes = new Map<string, { readonly kind: string; readonly node: number }>();
  const sources = nodeAt(tape, ["sources"]);
  if (sources === -1 || kindOf(tape, sources) !== Kind.object) return nodes;
  for (const key of keysOf(tape, sources)) {
    const kind = stringOf(tape, key);
    const items = nodeAt(tape, ["items"], key + NODE_SIZE);
    if (items === -1 || kindOf(tape, items) !== Kind.object) continue;
    for (const item of keysOf(tape, items)) nodes.set(stringOf(tape, item), { kind, node: item + NODE_SIZE });
  }
  return nodes;
}

/** The node that a path leads to, or -1. */
export function nodeAt(tape: JsonTape, path: JsonPath, from: number = ROOT): number {
  let node = from;
  for (const step of path) {
    const kind = kindOf(tape, node);
    if (kind === Kind.object) node = memberOf(tape, node, String(step));
    else node = kind === Kind.array ? elementAt(tape, node, Number(step)) : -1;
    if (node === -1) return -1;
  }
  return node;
}

function elementAt(tape: JsonTape, array: number, index: number): number {
  let place = 0;
  for (const element of elementsOf(tape, array)) if (place++ === index) return element;
  return -1;
}

/** Containers and commits are fetched by name. */
function imageName(members: JsonObject): string | null {
  const image = members.get("image") ?? members.get("remote");
  if (typeof image === "string") return image;
  return isJsonObject(image) ? (textOf(image, "name") ?? textOf(image, "url")) : null;
}

function textOf(members: JsonObject, key: string): string | null {
  const value = members.get(key);
  return typeof value === "string" ? value : null;
}
