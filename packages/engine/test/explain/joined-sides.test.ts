import { expect, it } from "vitest";
import { joinSides, nameManifests } from "../../src/explain/joined-sides.ts";
import type { Side, SideManifest } from "../../src/explain/side.ts";

const MANIFEST: SideManifest = { marks: [], source: null, exports: null };

/** A side of some families. */
function side(families: Readonly<Record<string, readonly string[]>>): Side {
  return {
    label: "side",
    recover: async () => [],
    families: new Map(
      Object.entries(families).map(([family, names]) => [
        family,
        new Map(names.map((name) => [name, MANIFEST])),
      ]),
    ),
  };
}

function namesOf(before: Side, after: Side) {
  const joined = joinSides(before, after, nameManifests([before, after]));
  return { before: [...joined.before.keys()], after: [...joined.after.keys()], joined };
}

it("manifests keep their own names where each is one family's", () => {
  const { before, after, joined } = namesOf(side({ a: ["x"] }), side({ a: ["x"], b: ["y"] }));
  expect({ before, after }).toEqual({ before: ["x"], after: ["x", "y"] });
  expect(joined.addressOf("y")).toEqual({ family: "b", name: "y" });
  expect(joined.nameOf({ family: "b", name: "y" })).toBe("y");
});

it("all are called by family and name where two families have one", () => {
  const { before, after, joined } = namesOf(side({ a: ["x"] }), side({ b: ["x", "y"] }));
  expect({ before, after }).toEqual({ before: ["a/x"], after: ["b/x", "b/y"] });
  expect(joined.addressOf("b/x")).toEqual({ family: "b", name: "x" });
});
