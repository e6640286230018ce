import { describe, expect, it } from "vitest";
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
  rawMembers,
  stringOf,
} from "../../src/json/tape.ts";
import { readTape } from "./read-tape.ts";

const text = '{ "a" : [1, {"b\\u0062": "é"}, []] , "c": null }';
const tape = readTape(text);
const array = memberOf(tape, ROOT, "a");
const [one, inner, empty] = [...elementsOf(tape, array)] as [number, number, number];

describe("a tape", () => {
  it("knows the kind of every node", () => {
    const kinds = [ROOT, array, one, inner, empty, memberOf(tape, ROOT, "c")].map((node) =>
      kindOf(tape, node),
    );
    expect(kinds).toEqual([Kind.object, Kind.array, Kind.number, Kind.object, Kind.array, Kind.null]);
    expect(
      [...elementsOf(readTape("[true,false]"), ROOT)].map((node) => kindOf(readTape("[true,false]"), node)),
    ).toEqual([Kind.true, Kind.false]);
  });

  it("spans the bytes of every node, brackets and quotes included", () => {
    const spans = [ROOT, array, one, inner, empty].map((node) => bytesOf(tape, node).toString());
    expect(spans).toEqual([text.trim(), '[1, {"b\\u0062": "é"}, []]', "1", '{"b\\u0062": "é"}', "[]"]);
  });

  it("decodes strings", () => {
    const [key] = [...keysOf(tape, inner)] as [number];
    expect(stringOf(tape, key)).toBe("bb");
    expect(stringOf(tape, key + NODE_SIZE)).toBe("é");
  });

  it("finds members by their text, however they are spelled", () => {
    expect(memberOf(tape, inner, "bb")).toBe(firstChild(inner) + NODE_SIZE);
    expect(memberOf(tape, inner, "b\\u0062")).toBe(-1);
    expect(memberOf(tape, ROOT, "b")).toBe(-1);
    expect(memberOf(tape, ROOT, "__proto__")).toBe(-1);
  });

  it("ends an empty container where it begins", () => {
    expect(nextNode(tape, empty)).toBe(firstChild(empty));
    expect([...elementsOf(tape, empty)]).toEqual([]);
  });

  it("tells the way to every node, keys by their value's", () => {
    const [key] = [...keysOf(tape, inner)] as [number];
    expect(pathOf(tape, ROOT)).toEqual([]);
    expect(pathOf(tape, one)).toEqual(["a", 0]);
    expect(pathOf(tape, key)).toEqual(["a", 1, "bb"]);
    expect(pathOf(tape, key + NODE_SIZE)).toEqual(["a", 1, "bb"]);
    expect(pathOf(tape, empty)).toEqual(["a", 2]);
    expect(pathOf(tape, memberOf(tape, ROOT, "c"))).toEqual(["c"]);
  });
});

describe("rawMembers", () => {
  it("gives the members as they are written", () => {
    const members = rawMembers(tape) ?? new Map<string, Uint8Array>();
    expect(Array.from(members, ([key, bytes]) => [key, Buffer.from(bytes).toString()])).toEqual([
      ["a", '[1, {"b\\u0062": "é"}, []]'],
      ["c", "null"],
    ]);
  });

  it.each(["[]", "1", '"a"', "null"])("gives none for %s", (text) => {
    expect(rawMembers(readTape(text))).toBeNull();
  });
});
