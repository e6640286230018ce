import { ByteWriter } from "../src/json/byte-writer.ts";
import { writeCanonical } from "../src/json/canonical.ts";
import {
  Kind,
  NODE_SIZE,
  ROOT,
  bytesOf,
  elementsOf,
  keysOf,
  kindOf,
  nextNode,
  stringOf,
  type JsonTape,
} from "../src/json/tape.ts";

/** Draws an integer from 0 to below `bound`. */
export type Random = (bound: number) => number;

/** A sequence of draws that a seed determines (xorshift, G. Marsaglia 2003). */
export function seededRandom(seed: number): Random {
  let state = seed | 0 || 1;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}

/** The single edits of a document that must move its digest. */
export const EDITS = {
  "a value": replaceValue,
  "a key": renameKey,
  "an order in a list": swapNeighbours,
  "a number's last digit": changeLastDigit,
  "a character in a long string": changeCharacter,
  "a member or an element more": addChild,
} as const;

/** The places of a document where each edit can happen. */
interface Places {
  readonly tape: JsonTape;
  readonly values: readonly number[];
  readonly keys: readonly (readonly [key: number, object: number])[];
  readonly neighbours: readonly (readonly [left: number, right: number])[];
  readonly containers: readonly number[];
  readonly numbers: readonly number[];
  readonly longStrings: readonly number[];
}

const LONG_STRING = 32;

/** Finds the places of a document. */
export function findPlaces(tape: JsonTape): Places {
  const values: number[] = [];
  const keys: [number, number][] = [];
  const neighbours: [number, number][] = [];
  const walk = (node: number): void => {
    values.push(node);
    if (kindOf(tape, node) === Kind.object) {
      for (const key of keysOf(tape, node)) {
        keys.push([key, node]);
        walk(key + NODE_SIZE);
      }
    } else if (kindOf(tape, node) === Kind.array) {
      for (const element of elementsOf(tape, node)) {
        walk(element);
        const next = nextNode(tape, element);
        if (next < nextNode(tape, node) && canonical(tape, element) !== canonical(tape, next)) {
          neighbours.push([element, next]);
        }
      }
    }
  };
  walk(ROOT);
  return {
    tape,
    values,
    keys,
    neighbours,
    containers: values.filter((node) => kindOf(tape, node) >= Kind.array),
    numbers: values.filter((node) => kindOf(tape, node) === Kind.number),
    longStrings: values.filter(
      (node) => kindOf(tape, node) === Kind.string && stringOf(tape, node).length >= LONG_STRING,
    ),
  };
}

function replaceValue({ tape, values }: Places, random: Random): Buffer | undefined {
  const node = pick(values, random);
  if (node === undefined) return undefined;
  const before = canonical(tape, node);
  const others = ["null", "true", "false", "0", "0.0", '""', '"x"', "[]", "{}"].filter(
    (text) => text !== before,
  );
  return splice(tape, node, pick(others, random) as string);
}

function renameKey({ tape, keys }: Places, random: Random): Buffer | undefined {
  const [key, object] = pick(keys, random) ?? [];
  if (key === undefined || object === undefined) return undefined;
  const taken = new Set(Array.from(keysOf(tape, object), (other) => stringOf(tape, other)));
  const name = stringOf(tape, key);
  const names = [
    `${name}x`,
    [...name].slice(1).join(""),
    name.toUpperCase(),
    `\u{10000}${name}`,
    "__proto__",
  ];
  const free = names.filter((candidate) => !taken.has(candidate));
  return splice(tape, key, JSON.stringify(pick(free, random)));
}

function swapNeighbours({ tape, neighbours }: Places, random: Random): Buffer | undefined {
  const [left, right] = pick(neighbours, random) ?? [];
  if (left === undefined || right === undefined) return undefined;
  const { bytes, nodes } = tape;
  const between = bytes.subarray(nodes[left + 2], nodes[right + 1]);
  return Buffer.concat([
    bytes.subarray(0, nodes[left + 1]),
    bytesOf(tape, right),
    between,
    bytesOf(tape, left),
    bytes.subarray(nodes[right + 2]),
  ]);
}

function changeLastDigit({ tape, numbers }: Places, random: Random): Buffer | undefined {
  const node = pick(numbers, random);
  if (node === undefined) return undefined;
  const text = bytesOf(tape, node).toString();
  const digit = (Number(text.at(-1)) + 1 + random(9)) % 10;
  return splice(tape, node, text.slice(0, -1) + String(digit));
}

function changeCharacter({ tape, longStrings }: Places, random: Random): Buffer | undefined {
  const node = pick(longStrings, random);
  if (node === undefined) return undefined;
  const characters = [...stringOf(tape, node)];
  const index = random(characters.length);
  const others = ["a", "A", "0", " ", "\n", "é", "𝄞", "\u007f"].filter(
    (other) => other !== characters[index],
  );
  characters[index] = pick(others, random) as string;
  return splice(tape, node, JSON.stringify(characters.join("")));
}

function addChild({ tape, containers }: Places, random: Random): Buffer | undefined {
  const node = pick(containers, random);
  if (node === undefined) return undefined;
  const isObject = kindOf(tape, node) === Kind.object;
  const text = bytesOf(tape, node).toString();
  const child = isObject ? '"never named so":null' : "null";
  const isEmpty = nextNode(tape, node) === node + NODE_SIZE;
  return splice(tape, node, `${text.slice(0, -1)}${isEmpty ? "" : ","}${child}${text.at(-1)}`);
}

/** The same document with its keys in another order, other white space and other spellings of its strings. */
export function respell(tape: JsonTape, random: Random, node: number = ROOT): string {
  const space = (): string => pick(["", "", " ", "\n", "\t", "\r\n  "], random) as string;
  const around = (text: string): string => space() + text + space();
  switch (kindOf(tape, node)) {
    case Kind.object: {
      const members = Array.from(keysOf(tape, node), (key) => {
        return `${around(respell(tape, random, key))}:${around(respell(tape, random, key + NODE_SIZE))}`;
      });
      return `{${members.length === 0 ? space() : shuffled(members, random).join(",")}}`;
    }
    case Kind.array: {
      const elements = Array.from(elementsOf(tape, node), (element) =>
        around(respell(tape, random, element)),
      );
      return `[${elements.length === 0 ? space() : elements.join(",")}]`;
    }
    case Kind.string:
      return random(8) === 0 ? escapeAll(stringOf(tape, node)) : JSON.stringify(stringOf(tape, node));
    default:
      return bytesOf(tape, node).toString();
  }
}

function escapeAll(text: string): string {
  const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index).toString(16));
  return `"${units.map((unit) => `\\u${unit.padStart(4, "0")}`).join("")}"`;
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = random(last + 1);
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}

function pick<T>(items: readonly T[], random: Random): T | undefined {
  return items.length === 0 ? undefined : items[random(items.length)];
}

function splice({ bytes, nodes }: JsonTape, node: number, text: string): Buffer {
  return Buffer.concat([
    bytes.subarray(0, nodes[node + 1]),
    Buffer.from(text),
    bytes.subarray(nodes[node + 2]),
  ]);
}

function canonical(tape: JsonTape, node: number): string {
  const writer = new ByteWriter(64);
  writeCanonical(tape, node, writer);
  return writer.written().toString();
}
