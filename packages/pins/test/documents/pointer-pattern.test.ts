import { formatPointer } from "@imagegate/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchPattern, parsePointerPattern, POINTER_PATTERN } from "../../src/documents/pointer-pattern.ts";

const value = {
  images: [{ url: "a", digest: "b" }, { url: "c" }],
  "*": { "x/y": { "m~n": 1 } },
  byKey: { k1: { url: "d" }, k2: 3 },
};

function matches(pattern: string): readonly (readonly [string, unknown])[] {
  const found = matchPattern(parsePointerPattern(pattern), { path: [], value });
  return found.map(({ path, value }) => [formatPointer(path), value]);
}

describe("a pattern", () => {
  it.each([
    ["", [["", value]]],
    [
      "/images/*/url",
      [
        ["/images/0/url", "a"],
        ["/images/1/url", "c"],
      ],
    ],
    ["/images/1/url", [["/images/1/url", "c"]]],
    ["/images/*/digest", [["/images/0/digest", "b"]]],
    ["/byKey/*/url", [["/byKey/k1/url", "d"]]],
    ["/**/x~1y/m~0n", [["/*/x~1y/m~0n", 1]]],
    ["/images/-1", []],
    ["/byKey/k2/*", []],
    ["/images/length", []],
    ["/constructor", []],
  ])("%s finds what it leads to", (pattern, expected) => {
    expect(matches(pattern)).toEqual(expected);
  });

  it("without a star is a JSON Pointer, but for keys of stars", () => {
    const json = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(json, (value) => {
        for (const { path, value: member } of everyMember(value)) {
          if (path.includes("*") || path.includes("**")) continue;
          const pattern = formatPointer(path);
          expect(pattern).toMatch(POINTER_PATTERN);
          const [found] = matchPattern(parsePointerPattern(pattern), { path: [], value });
          expect(found?.value).toBe(member);
        }
      }),
    );
  });
});

function everyMember(
  value: unknown,
  path: readonly (string | number)[] = [],
): { path: typeof path; value: unknown }[] {
  const own = { path, value };
  if (typeof value !== "object" || value === null) return [own];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [
    own,
    ...keys.flatMap((key) => everyMember((value as Record<string, unknown>)[key], [...path, key])),
  ];
}
