import fc from "fast-check";
import { expect, test } from "vitest";
import type { Pin } from "../../src/pin/pin.ts";
import { collectAdditions, type Addition } from "../../src/verify/additions.ts";
import { soundPin } from "../fixtures/pins.ts";

const [A, B] = ["https://example.org/a", "https://mirror.org/a"] as const;
const NOTHING: Addition = { sizeBytes: null, mediaType: null, allowance: null };
const ALL: Addition = {
  sizeBytes: 5,
  mediaType: "a/b",
  allowance: { reason: "why", expires: "2027-01-01" },
};
const [sha256] = soundPin().digests;
const sha512 = { algorithm: "sha512", hex: "c".repeat(128) } as const;

test("what a pin says of a url holds there for every pin with the same digest, whatever its other urls", () => {
  const [both, one] = [soundPin({ urls: [A, B] }), soundPin({ urls: [A], ...ALL })];
  const additionTo = collectAdditions([both, one]);
  expect(additionTo(both, A)).toEqual(ALL);
  expect(additionTo(both, B)).toEqual(NOTHING);
});

test.each<[string, Partial<Pin>, Addition]>([
  ["one more digest", { digests: [sha256, sha512] }, ALL],
  ["another spelling of the url", { urls: ["https://EXAMPLE.org:443/a#here"] }, ALL],
  ["a size of its own", { sizeBytes: 6 }, { ...ALL, sizeBytes: 6 }],
  ["no digest in common", { digests: [sha512] }, NOTHING],
  ["another url", { urls: [B] }, NOTHING],
])("a pin with %s", (_, over, expected) => {
  const pin = soundPin({ urls: [A], ...over });
  expect(collectAdditions([soundPin({ urls: [A], ...ALL }), pin])(pin, pin.urls[0])).toEqual(expected);
});

test("pins of one url and digest are told the same in any order", () => {
  const urls = fc.constantFrom<Pin["urls"]>([A], [A, B], [B, A]);
  const drawn = fc.tuple(urls, fc.constantFrom<Partial<Addition>>({}, { sizeBytes: 5 }, ALL));
  fc.assert(
    fc.property(fc.array(drawn, { minLength: 1 }), (pairs) => {
      const pins = pairs.map(([of, said]) => soundPin({ urls: of, ...said }));
      const ofA = (some: readonly Pin[]) => pins.map((pin) => collectAdditions(some)(pin, A));
      expect(
        new Set([...ofA(pins), ...ofA(pins.toReversed())].map((each) => JSON.stringify(each))).size,
      ).toBe(1);
    }),
  );
});
