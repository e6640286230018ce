import stringify from "fast-json-stable-stringify";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalDocument } from "../../src/osbuild/sections.ts";
import { readTape } from "../json/read-tape.ts";
import { manifestLike } from "./manifest-like.ts";

/** The sections of a document, each as its text. */
function sectionsOf(value: unknown): string[] {
  const { bytes, sections } = canonicalDocument(readTape(JSON.stringify(value)));
  return sections.map(({ kind, start, end }) => `${kind} ${bytes.toString("utf8", start, end)}`);
}

describe("canonicalDocument", () => {
  it("writes what fast-json-stable-stringify writes, whatever the document", () => {
    fc.assert(
      fc.property(manifestLike, (value) => {
        const text = JSON.stringify(value);
        expect(canonicalDocument(readTape(text)).bytes.toString()).toBe(stringify(JSON.parse(text)));
      }),
      { numRuns: 500 },
    );
  });

  it("marks sources and stages in the order of the bytes", () => {
    const stages = [{ type: "b", a: 1 }, "odd"];
    expect(
      sectionsOf({
        version: "2",
        sources: { z: 1, é: 2 },
        pipelines: [{ stages, name: "os" }, { name: "empty", stages: [] }, { stages: [3] }],
      }),
    ).toEqual(['stage {"a":1,"type":"b"}', 'stage "odd"', "stage 3", 'sources {"z":1,"é":2}']);
  });

  it.each<[what: string, value: unknown]>([
    ["no object", [1]],
    ["a scalar", 7],
    ["no sections", { version: "2", pipelines: [] }],
    ["sections only deeper down", { metadata: { sources: {}, pipelines: [{ stages: [1] }] } }],
    ["pipelines of another shape", { pipelines: { os: { stages: [1] } } }],
    ["stages of another shape", { pipelines: [{ stages: { a: 1 } }] }],
  ])("marks nothing in %s", (_, value) => {
    expect(sectionsOf(value)).toEqual([]);
  });
});
