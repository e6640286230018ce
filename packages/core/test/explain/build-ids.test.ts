import * as fc from "fast-check";
import { expect, it } from "vitest";
import { comparedIds, osbuildIds, type IdsByName } from "../../src/explain/build-ids.ts";
import { anyManifestPair } from "../osbuild/any-manifest.ts";
import { readTape } from "../json/read-tape.ts";

/** All ids of stages, by the place of the stage. */
function idsOf(ids: IdsByName): ReadonlyMap<string, string> {
  const places = [...(ids ?? [])].flatMap(([name, { stages }]) =>
    stages.map(({ id }, index): [string, string] => [`${name} ${index}`, id]),
  );
  return new Map(places);
}

it("compared ids are equal only where osbuild's are, and always at the same place", () => {
  let [same, other] = [0, 0];
  fc.assert(
    fc.property(anyManifestPair, ({ before, after }) => {
      const [old, now] = [before, after].map((manifest) => readTape(JSON.stringify(manifest)));
      if (old === undefined || now === undefined) throw new Error("both are documents");
      const real = osbuildIds(old, now);
      if (real.before === null || real.after === null) return;
      const quick = comparedIds(old, now);
      const [realBefore, realAfter] = [idsOf(real.before), idsOf(real.after)];
      const [quickBefore, quickAfter] = [idsOf(quick.before), idsOf(quick.after)];
      expect([...quickAfter.keys()]).toEqual([...realAfter.keys()]);
      for (const [place, id] of realBefore) {
        for (const [otherPlace, otherId] of realAfter) {
          const isEqual = quickBefore.get(place) === quickAfter.get(otherPlace);
          if (isEqual) expect(otherId).toBe(id);
          if (place === otherPlace) expect(isEqual).toBe(id === otherId);
          if (isEqual) same += 1;
          else other += 1;
        }
      }
    }),
    { numRuns: 6_000 },
  );
  expect(Math.min(same, other)).toBeGreaterThan(50);
});
