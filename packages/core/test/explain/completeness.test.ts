import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyManifest } from "../compare/documents.ts";
import { readTape } from "../json/read-tape.ts";
import { seededRandom } from "../mutations.ts";
import { expectComplete, expectSameDifferences, mutate } from "./completeness.ts";
import { manifest, mocked } from "./manifests.ts";

describe("what a change is made of", () => {
  const base = readTape(
    JSON.stringify(manifest({ os: [mocked("bash"), mocked("chrony"), mocked("kernel")] })),
  );

  it("is all that differs, for several edits at random places", () => {
    const random = seededRandom(7);
    let count = 0;
    for (let round = 0; round < 300; round += 1) {
      const after = mutate(base, 1 + random(5), random);
      if (after === undefined) continue;
      expectComplete(base, after);
      expectSameDifferences(base, after);
      count += 1;
    }
    expect(count).toBeGreaterThan(200);
  });

  it("is all that differs, for any two documents of a manifest's shape", () => {
    fc.assert(
      fc.property(anyManifest, anyManifest, (before, after) => {
        const [old, now] = [readTape(JSON.stringify(before)), readTape(JSON.stringify(after))];
        expectComplete(old, now);
        expectSameDifferences(old, now);
      }),
      { numRuns: 200 },
    );
  });

  it("is all that differs, between manifests that differ much", () => {
    const other = manifest({
      os: [mocked("bash", "os", 1), mocked("dnf")],
      readme: "three\n",
      rootUuid: "681d0d86-d1e9-4e00-9679-39cb6694d2c4",
      sourceKind: "curl",
      runner: "org.osbuild.rhel10",
      osName: "tree",
    });
    expectComplete(base, readTape(JSON.stringify(other)));
  });
});
