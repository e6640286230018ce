import { describe, expect, it } from "vitest";
import { CLASSES, CLASS_SENTENCES } from "../../src/explain/class-words.ts";
import { compareClasses, gravest } from "../../src/explain/classes.ts";
import { describePair, manifest } from "./manifests.ts";

type Draft = { pipelines: { name: string; stages: Record<string, unknown>[] }[] } & Record<string, unknown>;

/** The class of an edit of the fixture, and of its only item. */
function classOf(edit: (draft: Draft) => void): readonly string[] {
  const draft = JSON.parse(JSON.stringify(manifest())) as Draft;
  edit(draft);
  const change = describePair(manifest(), draft);
  expect(change.items).toHaveLength(1);
  return [change.class, change.items[0]?.class as string];
}

function stageOf(draft: Draft, pipeline: number, stage: number): Record<string, unknown> {
  return draft.pipelines[pipeline]?.stages[stage] as Record<string, unknown>;
}

describe("the class of a change", () => {
  it("is rebuild where an exported pipeline's id moves", () => {
    const moved = ["rebuild", "rebuild"];
    expect(
      classOf((draft) => {
        const options = stageOf(draft, 1, 0)["options"] as Record<string, unknown>;
        options["kernel_opts"] = "rw";
      }),
    ).toEqual(moved);
    // A device that a mount uses.
    expect(
      classOf((draft) => {
        const devices = stageOf(draft, 2, 2)["devices"] as { device: { options: object } };
        devices.device.options = { start: 4096, size: 20_559_839 };
      }),
    ).toEqual(moved);
  });

  it("is id-blind where only osbuild's ids are blind to it", () => {
    expect(
      classOf((draft) => {
        const devices = stageOf(draft, 2, 1)["devices"] as { device: Record<string, unknown> };
        devices.device["options"] = { start: 4096, size: 20_559_839 };
      }),
    ).toEqual(["id-blind", "id-blind"]);
  });

  it("is visible-only where nothing else gets built", () => {
    expect(classOf((draft) => (draft["metadata"] = { note: 1 }))).toEqual(["visible-only", "visible-only"]);
  });

  it("is rebuild where ids cannot be known", () => {
    const { class: of } = describePair(
      { version: "1", pipeline: { a: 1 } },
      { version: "1", pipeline: { a: 2 } },
    );
    expect(of).toBe("rebuild");
  });
});

describe("classes", () => {
  it("have an order and a sentence each", () => {
    expect(
      ["visible-only", "rebuild", "id-blind"].toSorted((a, b) => compareClasses(a as never, b as never)),
    ).toEqual(["rebuild", "id-blind", "visible-only"]);
    expect(gravest(["visible-only", "id-blind"])).toBe("id-blind");
    expect(gravest([])).toBe("visible-only");
    expect(CLASSES).toEqual(["rebuild", "id-blind", "visible-only"]);
    expect(new Set(Object.values(CLASS_SENTENCES)).size).toBe(3);
  });
});
