import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gatherPins } from "../../src/pin/gather.ts";
import { placeAt, writtenPin } from "../fixtures/pins.ts";

const rules = { allowLoopbackHttp: false };

describe("pins of many places", () => {
  it("that say the same are one pin with every place, and all that any of them adds", () => {
    const allowance = { reason: "why", expires: "2027-01-01" };
    const { pins, problems } = gatherPins(
      [
        writtenPin({ name: "first", trust: "signed" }),
        writtenPin({ place: placeAt(2), urls: ["https://EXAMPLE.org/a.img"], sizeBytes: 7, trust: "sums" }),
        writtenPin({ name: "third", place: placeAt(3), mediaType: "a/b", allowance, trust: "signed" }),
      ],
      rules,
    );
    expect(problems).toEqual([]);
    expect(pins).toEqual([
      {
        name: "first",
        urls: ["https://example.org/a.img"],
        digests: [{ algorithm: "sha256", hex: "a".repeat(64) }],
        sizeBytes: 7,
        mediaType: "a/b",
        trust: "sums",
        provenance: [placeAt(1), placeAt(2), placeAt(3)],
        allowance,
      },
    ]);
  });

  it("lose no place, whatever is merged", () => {
    const hosts = fc.subarray(["a", "b", "c"], { minLength: 1 });
    const digit = fc.constantFrom("1", "2", "3");
    fc.assert(
      fc.property(fc.array(fc.tuple(hosts, digit), { maxLength: 30 }), (drawn) => {
        const written = drawn.map(([names, digit], index) =>
          writtenPin({
            urls: names.map((name) => `https://${name}.org/x`),
            digests: [{ text: digit.repeat(64), declared: "sha256" }],
            place: placeAt(index),
          }),
        );
        const { pins } = gatherPins(written, rules);
        const places = pins.flatMap(({ provenance }) => provenance.map(({ line }) => line ?? -1));
        expect(places.sort((left, right) => left - right)).toEqual(drawn.map((_, index) => index));
        const keys = pins.map(({ urls, digests }) => JSON.stringify([urls, digests]));
        expect(new Set(keys).size).toBe(pins.length);
      }),
    );
  });

  it("never tell fewer than all of their problems", () => {
    const { pins, problems } = gatherPins(
      [writtenPin({ urls: ["http://a.org"] }), writtenPin({ digests: [] }), writtenPin()],
      rules,
    );
    expect(problems.map(({ reason }) => reason)).toEqual(["pin-url-invalid", "pin-digest-missing"]);
    expect(pins).toHaveLength(1);
  });
});
