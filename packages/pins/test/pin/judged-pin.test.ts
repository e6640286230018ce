import { describe, expect, it } from "vitest";
import { judgePin } from "../../src/pin/judged-pin.ts";
import { placeAt, writtenPin } from "../fixtures/pins.ts";

const rules = { allowLoopbackHttp: false };

describe("one pin", () => {
  it("has its mirrors in order, each once, and its digests in the order of algorithms", () => {
    const { pin, problems } = judgePin(
      writtenPin({
        urls: ["https://b.org/x", "https://a.org/x", "HTTPS://B.org/x#again"],
        digests: [
          { text: "b".repeat(128), declared: "sha512" },
          { text: `sha256:${"A".repeat(64)}`, declared: null },
        ],
      }),
      rules,
    );
    expect(problems).toEqual([]);
    expect(pin).toMatchObject({
      name: "x",
      urls: ["https://b.org/x", "https://a.org/x"],
      digests: [
        { algorithm: "sha256", hex: "a".repeat(64) },
        { algorithm: "sha512", hex: "b".repeat(128) },
      ],
      provenance: [placeAt(1)],
    });
  });

  it("is told all that is wrong with it at once", () => {
    const { pin, problems } = judgePin(
      writtenPin({
        urls: ["http://example.org/a", "nothing"],
        digests: [
          { text: "", declared: "sha256" },
          { text: "abc", declared: "sha1" },
        ],
      }),
      rules,
    );
    expect(pin).toBeNull();
    expect(problems).toEqual([
      { reason: "pin-url-invalid", place: placeAt(1), problem: "not-https", found: "http://example.org/a" },
      { reason: "pin-url-invalid", place: placeAt(1), problem: "not-a-url", found: "nothing" },
      {
        reason: "pin-digest-invalid",
        place: placeAt(1),
        expected: "64 hexadecimal digits of sha256",
        found: "",
      },
      {
        reason: "pin-digest-invalid",
        place: placeAt(1),
        expected: "40 hexadecimal digits of sha1",
        found: "abc",
      },
    ]);
  });

  it("needs a url and a digest", () => {
    const { problems } = judgePin(writtenPin({ urls: [], digests: [] }), rules);
    expect(problems).toEqual([
      { reason: "pin-url-missing", place: placeAt(1) },
      { reason: "pin-digest-missing", place: placeAt(1), url: null },
    ]);
  });
});
