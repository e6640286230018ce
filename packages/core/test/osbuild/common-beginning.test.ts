import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonTape } from "../../src/json/tape.ts";
import type { Sha256 } from "../../src/digest/sha256.ts";
import { commonBeginning, offersAsMuch } from "../../src/osbuild/common-beginning.ts";
import { computeIds } from "../../src/osbuild/ids.ts";
import { readTape } from "../json/read-tape.ts";
import { anyManifestPair } from "./any-manifest.ts";

describe("commonBeginning", () => {
  it("counts stages whose ids are the same, where as much is offered", () => {
    let reused = 0;
    fc.assert(
      fc.property(anyManifestPair, ({ before, after }) => {
        const [old, now] = [before, after].map((manifest) => readTape(JSON.stringify(manifest)));
        if (old === undefined || now === undefined) throw new Error("both are documents");
        const known = computeIds(old);
        if (!known.ok || !offersAsMuch(now, old)) return;
        const counts = commonBeginning(now, old);
        const beginning = counts.map((count, index) =>
          (known.value[index]?.stages ?? []).slice(0, count).map(({ id }) => id),
        );
        expect(computeIds(now, beginning)).toEqual(computeIds(now));
        reused += beginning.flat().length;
      }),
      { numRuns: 3_000 },
    );
    expect(reused).toBeGreaterThan(30);
  });

  it("counts nothing in what is no manifest", () => {
    for (const text of ["[]", "{}", '{"pipelines":7}', '{"pipelines":[7]}']) {
      const tape = readTape(text);
      expect(commonBeginning(tape, tape).reduce((sum, count) => sum + count, 0)).toBe(0);
    }
  });
});

/** A document that offers sources. */
function tapeOf(...references: readonly string[]): JsonTape {
  const items = Object.fromEntries(references.map((reference) => [reference, "u"]));
  return readTape(JSON.stringify({ sources: { s: { items } } }));
}

describe("offersAsMuch", () => {
  it("is about references, not about their order or what they lead to", () => {
    expect(offersAsMuch(tapeOf("a", "b"), tapeOf("b", "a"))).toBe(true);
    expect(offersAsMuch(tapeOf("a", "b"), tapeOf("b"))).toBe(true);
    expect(offersAsMuch(tapeOf("b"), tapeOf("a", "b"))).toBe(false);
  });
});

describe("computeIds", () => {
  it("takes what is known of a beginning as it is", () => {
    const tape = readTape('{"version":"2","pipelines":[{"name":"p","stages":[{"type":"a"},{"type":"b"}]}]}');
    const ids = computeIds(tape, [["known" as Sha256]]);
    expect(ids.ok && ids.value[0]?.stages.map(({ id }) => id === "known")).toEqual([true, false]);
    expect(ids).not.toEqual(computeIds(tape));
  });
});
