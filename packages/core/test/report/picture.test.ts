import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PipelinePicture } from "../../src/explain/explanation.ts";
import { layoutPicture, PICTURE } from "../../src/report/picture.ts";
import { SAMPLE_CAUSES } from "./sample-causes.ts";

function pipeline(name: string, inputs: readonly string[], build: string | null = null): PipelinePicture {
  return { name, change: "same", exported: false, build, inputs, stages: [] };
}

/** The column of each pipeline, from 0. */
function columnsOf(pipelines: readonly PipelinePicture[]): Readonly<Record<string, number>> {
  const { boxes } = layoutPicture(pipelines);
  const step = PICTURE.boxWidth + PICTURE.gapX;
  return Object.fromEntries(boxes.map(({ pipeline, x }) => [pipeline.name, (x - PICTURE.margin) / step]));
}

/** The lines of a box of stages that change so. */
function linesOf(changes: readonly PipelinePicture["change"][]): readonly string[] {
  const stages = changes.map((change, index) => ({ type: `org.osbuild.s${index}`, change }));
  const [box] = layoutPicture([{ ...pipeline("os", []), stages }]).boxes;
  return box?.lines.map(({ text, change }) => `${text} ${change}`) ?? [];
}

describe("columns", () => {
  it("put a pipeline beyond all that it builds in and takes from", () => {
    const pipelines = [
      pipeline("build", []),
      pipeline("os", [], "build"),
      pipeline("efi", ["os"], "build"),
      pipeline("image", ["efi", "os"], "build"),
    ];
    expect(columnsOf(pipelines)).toEqual({ build: 0, os: 1, efi: 2, image: 3 });
  });

  it("stand even for circles, strangers and names given twice", () => {
    const pipelines = [
      pipeline("a", ["b", "a", "nobody"]),
      pipeline("b", ["a"]),
      pipeline("b", [], "__proto__"),
    ];
    const { boxes, edges } = layoutPicture(pipelines);
    expect(boxes).toHaveLength(3);
    expect(edges.map(({ from, to }) => `${from}→${to}`)).toEqual(["b→a", "a→b"]);
  });
});

describe("stages", () => {
  it("are counted where three and more in a row do not differ", () => {
    expect(linesOf(["same", "same", "same", "changed", "inherits", "inherits", "added"])).toEqual([
      "3 stages same",
      "s3 changed",
      "s4 inherits",
      "s5 inherits",
      "s6 added",
    ]);
  });

  it("are at most fourteen lines and a count", () => {
    const lines = linesOf(Array.from({ length: 100 }, () => "changed"));
    expect(lines).toHaveLength(15);
    expect(lines.at(-1)).toBe("86 lines more same");
  });
});

it("overlaps no boxes and stays inside its bounds", () => {
  const name = fc.constantFrom("a", "b", "c", "d", "e");
  const stages = fc.array(fc.record({ type: name, change: fc.constantFrom("same", "changed", "inherits") }), {
    maxLength: 30,
  });
  const pipelines = fc.array(
    fc.record({
      name,
      change: fc.constant("same" as const),
      exported: fc.boolean(),
      build: fc.option(name),
      inputs: fc.array(name, { maxLength: 3 }),
      stages,
    }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(pipelines, (pipelines) => {
      const { boxes, width, height, edges } = layoutPicture(pipelines);
      for (const [index, box] of boxes.entries()) {
        expect(box.x + PICTURE.boxWidth).toBeLessThan(width);
        expect(box.y + box.height).toBeLessThan(height);
        const above = boxes.slice(0, index).filter(({ x }) => x === box.x);
        for (const other of above) expect(other.y + other.height).toBeLessThan(box.y);
      }
      for (const { path } of edges) expect(path).toMatch(/^M[\d.-]+ [\d.-]+C[\d. -]+$/);
    }),
  );
});

it("draws the sample's pipelines with all their edges", () => {
  const example = SAMPLE_CAUSES.find(({ title }) => title.includes("lorax"))?.example;
  const { boxes, edges } = layoutPicture(example?.pipelines ?? []);
  expect(boxes).toHaveLength(6);
  expect(edges.filter(({ kind }) => kind === "build")).toHaveLength(5);
  expect(edges.filter(({ kind }) => kind === "input")).toHaveLength(5);
});
