import { describe, expect, it } from "vitest";
import { findConflicts } from "../../src/pin/conflicts.ts";
import { placeAt, soundPin } from "../fixtures/pins.ts";

const mirror = "https://mirror.org/a.img";
const [url] = soundPin().urls;
const other = [{ algorithm: "sha256", hex: "b".repeat(64) }] as const;

describe("pins of one url contradict each other", () => {
  it("by two digests of one algorithm, at any of their urls", () => {
    const pins = [
      soundPin({ urls: [url, mirror] }),
      soundPin({ urls: [mirror], digests: other, provenance: [placeAt(2)] }),
    ];
    expect(findConflicts(pins)).toEqual([
      {
        reason: "pin-conflict",
        of: "sha256",
        url: mirror,
        claims: [
          { value: "a".repeat(64), place: placeAt(1) },
          { value: "b".repeat(64), place: placeAt(2) },
        ],
      },
    ]);
  });

  it.each([
    ["size", { sizeBytes: 1 }, { sizeBytes: 2 }],
    ["media type", { mediaType: "a/b" }, { mediaType: "a/c" }],
    [
      "allowance",
      { allowance: { reason: "a", expires: "2027-01-01" } },
      { allowance: { reason: "a", expires: "2027-01-02" } },
    ],
  ])("by their %s", (of, one, two) => {
    const problems = findConflicts([soundPin(one), soundPin({ ...two, provenance: [placeAt(2)] })]);
    expect(problems).toMatchObject([{ reason: "pin-conflict", of, url }]);
  });

  it("within one pin too", () => {
    const [first] = soundPin().digests;
    expect(findConflicts([soundPin({ digests: [first, ...other] })])).toHaveLength(1);
  });
});

it("what only one of them says contradicts nothing, nor do digests of different algorithms", () => {
  const sha1 = [{ algorithm: "sha1", hex: "c".repeat(40) }] as const;
  const pins = [
    soundPin(),
    soundPin({ sizeBytes: 3 }),
    soundPin({ digests: sha1 }),
    soundPin({ mediaType: "a/b" }),
  ];
  expect(findConflicts(pins)).toEqual([]);
});
