import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alignItems, type ItemChange, type Likeness } from "../../src/compare/align.ts";
import { isJsonObject } from "../../src/json/value.ts";
import { canonicalText, fromPlain, type Plain } from "./documents.ts";

const member = (key: string, where: Likeness["where"]): Likeness => ({
  key: (item) => (isJsonObject(item) ? (item.get(key) ?? null) : null),
  where,
});

/** Changes as `kind before after`, by index. */
function align(
  before: readonly Plain[],
  after: readonly Plain[],
  likenesses: readonly Likeness[] = [],
): string[] {
  return alignItems(before.map(fromPlain), after.map(fromPlain), likenesses).map(show);
}

function show(item: ItemChange): string {
  switch (item.change) {
    case "removed":
      return `removed ${item.before.index}`;
    case "added":
      return `added ${item.after.index}`;
    case "kept":
    case "moved":
      return `${item.change} ${item.before.index} ${item.after.index}`;
  }
}

describe("alignItems", () => {
  it.each<[string, Plain[], Plain[], string[]]>([
    ["equal lists", ["a", { x: 1 }], ["a", { x: 1 }], []],
    ["an item at the front", ["a", "b"], ["x", "a", "b"], ["added 0"]],
    ["an item at the end", ["a", "b"], ["a", "b", "x"], ["added 2"]],
    ["an item gone from the middle", ["a", "b", "c"], ["a", "c"], ["removed 1"]],
    ["a scalar replaced", ["a", "b", "c"], ["a", "x", "c"], ["removed 1", "added 1"]],
    ["a repeated item", ["a", "a", "b"], ["a", "b"], ["removed 1"]],
    ["an item that moved", ["a", "b", "c", "d"], ["d", "a", "b", "c"], ["moved 3 0"]],
    ["lists without anything in common", ["a"], ["b"], ["removed 0", "added 0"]],
    ["an empty list", [], ["a", "b"], ["added 0", "added 1"]],
  ])("sees %s", (_, before, after, changes) => {
    expect(align(before, after)).toEqual(changes);
  });

  it("keeps an item that changed when it is like one between the same neighbours", () => {
    const type = [member("type", "in-order")];
    expect(align(["a", { type: "t", x: 1 }, "b"], ["a", { type: "t", x: 2 }, "b"], type)).toEqual([
      "kept 1 1",
    ]);
    expect(align(["a", { type: "t", x: 1 }, "b"], ["a", "b", { type: "t", x: 2 }], type)).toEqual([
      "removed 1",
      "added 2",
    ]);
    expect(align(["a", { type: "t" }, "b"], ["a", { type: "u" }, "b"], type)).toEqual([
      "removed 1",
      "added 1",
    ]);
  });

  it("follows an item that changed and moved when its likeness is sought anywhere", () => {
    const name = [member("name", "anywhere")];
    expect(align(["a", { name: "n", x: 1 }, "b"], ["a", "b", { name: "n", x: 2 }], name)).toEqual([
      "moved 1 2",
    ]);
  });

  it("prefers an equal item over a like one", () => {
    const type = [member("type", "in-order")];
    const [one, two, three] = [
      { type: "t", x: 1 },
      { type: "t", x: 2 },
      { type: "t", x: 3 },
    ];
    expect(align([one, two], [three, one], type)).toEqual(["added 0", "removed 1"]);
  });

  it("says of two like items that changed places within a gap that one moved", () => {
    const name = [member("name", "anywhere")];
    const before = [
      { name: "m", x: 1 },
      { name: "n", x: 1 },
    ];
    const after = [
      { name: "n", x: 2 },
      { name: "m", x: 2 },
    ];
    expect(align(before, after, name)).toEqual(["kept 1 0", "moved 0 1"]);
  });

  it("accounts for every item: what is not named is equal and in order", () => {
    const anyItem = fc.oneof(
      fc.constantFrom<Plain>("a", "b", 1),
      fc.record<Record<string, Plain>>({ name: fc.constantFrom("m", "n"), x: fc.nat(1) }),
      fc.record<Record<string, Plain>>({ type: fc.constantFrom("t", "u"), x: fc.nat(1) }),
    );
    const anyList = fc.array(anyItem, { maxLength: 8 });
    fc.assert(
      fc.property(anyList, anyList, (before, after) => {
        const old = before.map(fromPlain);
        const now = after.map(fromPlain);
        const changes = alignItems(old, now, [member("name", "anywhere"), member("type", "in-order")]);
        const namedBefore = new Set(
          changes.flatMap((item) => (item.change === "added" ? [] : [item.before.index])),
        );
        const namedAfter = new Set(
          changes.flatMap((item) => (item.change === "removed" ? [] : [item.after.index])),
        );
        const restBefore = old.filter((_, index) => !namedBefore.has(index));
        const restAfter = now.filter((_, index) => !namedAfter.has(index));
        expect(restBefore.map(canonicalText)).toEqual(restAfter.map(canonicalText));
        for (const item of changes) {
          if (item.change === "kept")
            expect(canonicalText(item.before.value)).not.toBe(canonicalText(item.after.value));
        }
        const sizes = [namedBefore.size, namedAfter.size];
        expect(sizes).toEqual([
          changes.filter((item) => item.change !== "added").length,
          changes.filter((item) => item.change !== "removed").length,
        ]);
      }),
      { numRuns: 1000 },
    );
  });
});
