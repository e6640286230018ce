import { describe, expect, it } from "vitest";
import { root } from "../../src/compare/position.ts";
import { compareValues } from "../../src/compare/values.ts";
import { JsonNumber } from "../../src/json/value.ts";
import { fromPlain, type Plain } from "./documents.ts";

/** Differences as `change pointer` or `change pointer pointer`. */
function compare(before: Plain, after: Plain): string[] {
  return compareValues(fromPlain(before), fromPlain(after), root).map((difference) => {
    const old = difference.change === "added" ? "" : ` ${difference.before.pointer}`;
    const now = difference.change === "removed" ? "" : ` ${difference.after.pointer}`;
    return `${difference.change}${old}${now}`;
  });
}

const nest = (leaf: Plain): Plain =>
  Array.from({ length: 512 }).reduce<Plain>((inner) => [{ a: inner }], leaf);

describe("compareValues", () => {
  it.each<[string, Plain, Plain, string[]]>([
    ["the order of keys", { a: 1, b: 2 }, { b: 2, a: 1 }, []],
    [
      "members in the order of their keys",
      { b: 1, c: 1 },
      { c: 2, a: 1 },
      ["added /a", "removed /b", "changed /c /c"],
    ],
    ["null and nothing", { a: null }, {}, ["removed /a"]],
    ["values of two kinds", { a: [] }, { a: {} }, ["changed /a /a"]],
    ["a scalar in a list", ["x", "y"], ["x", "z"], ["removed /1", "added /1"]],
    ["a list in another order", ["x", "y", "z"], ["z", "x", "y"], ["moved /2 /0"]],
    [
      "a named item",
      [
        { name: "n", v: 1 },
        { name: "m", v: 1 },
      ],
      [
        { name: "new", v: 1 },
        { name: "n", v: 1 },
        { name: "m", v: 2 },
      ],
      ["added /0", "changed /1/v /2/v"],
    ],
    ["another name", [{ name: "n", v: 1 }], [{ name: "m", v: 1 }], ["removed /0", "added /0"]],
    [
      "an item by its id",
      [{ id: 1, v: 1 }, { id: 2 }],
      [{ id: 2 }, { id: 1, v: 2 }],
      ["moved /0 /1", "changed /0/v /1/v"],
    ],
    ["an item by its type", [{ type: "t", v: 1 }], [{ type: "t", v: 2 }], ["changed /0/v /0/v"]],
    ["another type", [{ type: "t", v: 1 }], [{ type: "u", v: 1 }], ["removed /0", "added /0"]],
    [
      "plain objects by their order",
      [{ size: 1 }, { size: 2 }],
      [{ size: 1 }, { size: 3 }],
      ["changed /1/size /1/size"],
    ],
    ["lists in lists", [["a"], ["b"]], [["a"], ["b", "c"]], ["added /1/1"]],
    ["a list for an object in a list", [["a"]], [{ a: 1 }], ["removed /0", "added /0"]],
    ["a key with marks of its own", { "a/b~c": 1 }, { "a/b~c": 2 }, ["changed /a~1b~0c /a~1b~0c"]],
  ])("sees %s", (_, before, after, differences) => {
    expect(compare(before, after)).toEqual(differences);
  });

  it("sees a number's text", () => {
    const [before, after] = [new JsonNumber("1"), new JsonNumber("1.0")];
    expect(compareValues(before, after, root)).toMatchObject([
      { change: "changed", before: { value: before }, after: { value: after } },
    ]);
  });

  it("goes as deep as a manifest may", () => {
    expect(compare(nest(1), nest(1))).toEqual([]);
    expect(compare(nest({ x: 1 }), nest({ x: 2 }))).toHaveLength(1);
  });
});
