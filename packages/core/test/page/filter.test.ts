import { describe, expect, it } from "vitest";
import { countScopes, isAskedFor, namedManifests, NO_FILTER, searchable } from "../../page/filter.ts";
import { SAMPLE_CAUSES } from "../report/sample-causes.ts";

const searched = SAMPLE_CAUSES.map(searchable);

/** How many causes a filter leaves. */
function count(filter: Partial<typeof NO_FILTER>): number {
  return searched.filter((cause) => isAskedFor(cause, { ...NO_FILTER, ...filter })).length;
}

describe("a filter", () => {
  it.each([
    ["of nothing", {}, 12],
    ["of one class", { classes: new Set(["id-blind"] as const) }, 1],
    ["of two classes", { classes: new Set(["id-blind", "visible-only"] as const) }, 3],
    ["of a scope", { scopes: new Set(["eln_11"]) }, 4],
    ["of a package", { query: "anaconda-widgets" }, 1],
    ["of an image, in any case", { query: "FEDORA_45-aarch64-ami-oscap_cis" }, 1],
    ["of words of a title in any order", { query: " sectors  partition " }, 1],
    ["of a word of a diff", { query: "handbook" }, 1],
    ["of a cause's id", { query: "a90d1add7240de41" }, 1],
    ["of what nobody has", { query: "no-such-thing" }, 0],
    [
      "of a scope without this class",
      { scopes: new Set(["eln_11"]), classes: new Set(["visible-only"] as const) },
      0,
    ],
  ])("%s", (_, filter, expected) => expect(count(filter)).toBe(expected));
});

describe("the names of a cause", () => {
  const names = ["fedora_43-x86_64-ami", "fedora_44-x86_64-ami", "rhel_9.4-x86_64-ami"];

  it.each([
    ["all without a query", "", [], names],
    ["those that the query names", "fedora", [], names.slice(0, 2)],
    ["all where the query names none: it found another part of the cause", "chrony", [], names],
    ["those of the scopes", "", ["rhel_9.4"], names.slice(2)],
  ])("are %s", (_, query, scopes, expected) => {
    expect(namedManifests(names, { ...NO_FILTER, query, scopes: new Set(scopes) })).toEqual(expected);
  });
});

it("takes names apart as the report says", () => {
  expect(countScopes(["a-1_x", "a-1_y", "b_x"], "_")).toEqual([
    ["a-1", 2],
    ["b", 1],
  ]);
  const filter = { ...NO_FILTER, scopes: new Set(["a-1"]), separator: "_" };
  expect(namedManifests(["a-1_x", "a_y"], filter)).toEqual(["a-1_x"]);
});

it("counts the scopes, most first, then by name", () => {
  expect(countScopes(["b-1", "a-1", "c-1", "c-2", "__proto__-1"], "-")).toEqual([
    ["c", 2],
    ["__proto__", 1],
    ["a", 1],
    ["b", 1],
  ]);
});
