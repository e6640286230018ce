import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { expectComplete, expectSameDifferences, mutate } from "../explain/completeness.ts";
import { changedPairs, readCommit } from "../explain/history.ts";
import { manifest, mocked } from "../explain/manifests.ts";
import { readTape } from "../json/read-tape.ts";
import { seededRandom } from "../mutations.ts";
import { sharedData } from "../shared-data.ts";

const history = sharedData("image-builder");
const real = sharedData("osbuild");

describe("what a change is made of", { timeout: 1_200_000 }, () => {
  it("is all that differs, for 5,000 times several edits at random places", () => {
    const files = real === undefined ? [] : readdirSync(real).filter((file) => /^[^.]+\.json$/.test(file));
    const bases = files
      .map((file) => readFileSync(new URL(file, real)))
      .filter((bytes) => bytes.length < 60_000)
      .map((bytes) => readTape(bytes));
    bases.push(readTape(JSON.stringify(manifest({ os: [mocked("bash"), mocked("chrony")] }))));
    const random = seededRandom(11);
    let count = 0;
    while (count < 5_000) {
      const before = bases[random(bases.length)] as (typeof bases)[number];
      const after = mutate(before, 1 + random(8), random);
      if (after === undefined) continue;
      expectComplete(before, after);
      expectSameDifferences(before, after);
      count += 1;
    }
    expect(count).toBe(5_000);
  });

  it.runIf(history !== undefined)("is all that differs, for all that real commits changed", () => {
    const index = JSON.parse(readFileSync(new URL("history/index.json", history), "utf8")) as {
      commit: string;
    }[];
    let count = 0;
    for (const { commit } of index) {
      for (const [, before, after] of changedPairs(readCommit(history as URL, commit))) {
        expectComplete(before, after);
        count += 1;
      }
    }
    expect(count).toBe(1_452);
  });
});
