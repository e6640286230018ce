import { describe, expect, it } from "vitest";
import { added, altered, enterPlace, removed, root, stepInto } from "../../src/compare/position.ts";

describe("a position", () => {
  const item = stepInto(stepInto(root, { before: "a/b", after: "a/b" }), { before: 3, after: 1 });

  it("leads to where a value stands in either document", () => {
    expect(altered("changed", { before: "x", after: "y" }, item)).toMatchObject({
      place: { kind: "manifest" },
      path: ["a/b", 1],
      change: "changed",
      before: { pointer: "/a~1b/3", value: "x" },
      after: { pointer: "/a~1b/1", value: "y" },
    });
  });

  it("is relative to the place that it entered last", () => {
    const place = { kind: "pipeline", pipeline: "os" } as const;
    const inside = stepInto(enterPlace(item, place), { before: "runner", after: "runner" });
    expect(added("x", inside)).toMatchObject({
      place,
      path: ["runner"],
      change: "added",
      after: { pointer: "/a~1b/1/runner", value: "x" },
    });
    expect(removed("x", inside)).toMatchObject({
      place,
      path: ["runner"],
      change: "removed",
      before: { pointer: "/a~1b/3/runner", value: "x" },
    });
  });
});
