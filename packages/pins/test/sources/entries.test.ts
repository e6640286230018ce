import { describe, expect, it } from "vitest";
import type { EntryPattern } from "../../src/pins-file/schema.ts";
import { judgePin } from "../../src/pin/judged-pin.ts";
import { readEntries } from "../../src/sources/entries.ts";
import { jsonDocument } from "../fixtures/pins.ts";

const pattern: EntryPattern = {
  at: "/images/*",
  url: "/location",
  digest: "/digest",
  algorithm: "sha256",
  trust: "tls",
  undigested: "refuse",
};

function read(images: unknown, over: Partial<EntryPattern> = {}) {
  return readEntries(jsonDocument(JSON.stringify({ images }, null, 1)), { ...pattern, ...over });
}

describe("entries that a pattern finds", () => {
  it("are pins, each in the line of its digest", () => {
    const { pins, problems } = read(
      [
        { location: "https://h/a", digest: "sha512:ab" },
        { location: "https://h/b", digest: "cd", size: 3, id: "second" },
      ],
      { name: "/id", size: "/size", trust: "sums" },
    );
    expect(problems).toEqual([]);
    expect(pins).toMatchObject([
      {
        name: null,
        urls: ["https://h/a"],
        digests: [{ text: "sha512:ab", declared: null }],
        trust: "sums",
        place: { path: "a.json", pointer: "/images/0", line: 5 },
      },
      { name: "second", digests: [{ text: "cd", declared: "sha256" }], sizeBytes: 3, place: { line: 9 } },
    ]);
  });

  it("may have mirrors, and several digests", () => {
    const { pins } = read(
      { a: { urls: ["https://h/1", "https://h/2"], sums: { x: "sha1:ab", y: "cd" } } },
      {
        url: "/urls/*",
        digest: "/sums/*",
      },
    );
    expect(pins).toMatchObject([
      { urls: ["https://h/1", "https://h/2"], digests: [{ text: "sha1:ab" }, { text: "cd" }] },
    ]);
  });

  it("may be the document itself", () => {
    const document = jsonDocument('{"location":"https://h/a","digest":"ab"}');
    expect(readEntries(document, { ...pattern, at: "" }).pins).toMatchObject([{ place: { pointer: "" } }]);
  });

  it("without a digest stay pins that lack one, unless they are to be reported", () => {
    const images = [
      { location: "https://h/a" },
      { location: "https://h/b", digest: "ab" },
      { location: "c" },
    ];
    expect(read(images)).toMatchObject({ pins: [{ digests: [] }, {}, { digests: [] }], unverified: [] });
    const reported = read(images, { undigested: "report" });
    expect(reported.pins).toHaveLength(1);
    expect(reported.unverified).toEqual([
      {
        what: "entries without a digest",
        count: 2,
        place: { path: "a.json", pointer: "/images/0", line: 4 },
      },
    ]);
  });

  it("with a digest and no url stay pins that lack one, whatever is to be reported", () => {
    expect(read([{ digest: "ab" }], { undigested: "report" })).toMatchObject({ pins: [{ urls: [] }] });
    expect(read([{}], { undigested: "report" })).toMatchObject({ pins: [{ urls: [], digests: [] }] });
  });

  it("whose fields are no texts are told, field by field", () => {
    const { problems } = read([{ location: 1, digest: null, size: -1, id: "" }], {
      name: "/id",
      size: "/size",
    });
    expect(problems).toMatchObject(
      ["/images/0/id", "/images/0/size", "/images/0/location", "/images/0/digest"].map((pointer) => ({
        reason: "pins-document-shape",
        place: { pointer },
      })),
    );
  });
});

it("a pattern that finds nothing is a failure", () => {
  expect(read([])).toMatchObject({
    problems: [{ reason: "pins-pattern-empty", path: "a.json", pattern: "/images/*" }],
  });
});

describe("a field that is not what it should be", () => {
  it("is told once, with what stands there", () => {
    const { pins, problems } = read([{ location: 5, digest: ["x"] }, { location: { a: 1 } }]);
    expect(problems).toMatchObject([
      {
        reason: "pins-document-shape",
        place: { pointer: "/images/0/location" },
        expected: "a url",
        found: "5",
      },
      { place: { pointer: "/images/0/digest" }, expected: "a digest", found: "a list of 1" },
      { place: { pointer: "/images/1/location" }, found: "an object" },
    ]);
    expect(pins.flatMap((pin) => judgePin(pin, { allowLoopbackHttp: false }).problems)).toMatchObject([
      { reason: "pin-digest-missing", place: { pointer: "/images/1" } },
    ]);
  });

  it("is no entry without a digest", () => {
    const { unverified } = read([{ location: "https://h/a", digest: 5 }], { undigested: "report" });
    expect(unverified).toEqual([]);
  });

  it("may be an integer of any size where it pins nothing", () => {
    const document = {
      path: "a.toml",
      value: { big: 2n ** 63n, p: [{ u: "https://h/a", d: "ab", s: 2n ** 63n }] },
      lineOf: () => null,
    };
    const shape = { ...pattern, at: "/p/*", url: "/u", digest: "/d" };
    expect(readEntries(document, shape).problems).toEqual([]);
    expect(readEntries(document, { ...shape, size: "/s" }).problems).toMatchObject([
      { expected: "a number of bytes", found: "9223372036854775808" },
    ]);
  });
});
