import { describe, expect, it } from "vitest";
import { parsePinsFile } from "../../src/pins-file/parse.ts";
import { jsonDocument } from "../fixtures/pins.ts";

const pin = { urls: ["https://h.org/a"], sha256: "a".repeat(64) };
const files = { kind: "osbuild", include: ["*.json"] };
const program = { kind: "program", argv: ["make"] };

function parse(value: unknown) {
  return parsePinsFile(jsonDocument(JSON.stringify(value, null, 1), "a.pins.json"));
}

function told(value: unknown) {
  return parse(value).problems.map((problem) => {
    if (problem.reason !== "pin-field-invalid") throw new Error(problem.reason);
    const { place, expected, found } = problem;
    return [place.pointer, problem.problem, expected, found];
  });
}

describe("what is wrong with a pins file", () => {
  it.each([
    [{ pins: 5 }, "/pins", "invalid", "a list", "5"],
    [[], "", "invalid", "an object", "an empty list"],
    [
      { more: 1 },
      "/more",
      "unknown-key",
      "no key that nobody knows, or what it means goes unheeded",
      '"more"',
    ],
    [{ pins: ["x"] }, "/pins/0", "invalid", "an object", '"x"'],
    [{ pins: [{ ...pin, urls: "x" }] }, "/pins/0/urls", "invalid", "a list", '"x"'],
    [
      { pins: [{ ...pin, urls: [] }] },
      "/pins/0/urls",
      "invalid",
      "a list that is not empty",
      "an empty list",
    ],
    [{ pins: [{ sha256: "x" }] }, "/pins/0/urls", "missing", "a list", "nothing"],
    [{ pins: [{ ...pin, sha256: 5 }] }, "/pins/0/sha256", "invalid", "a text", "5"],
    [{ pins: [{ ...pin, size: -1 }] }, "/pins/0/size", "invalid", "a number from 0 on", "-1"],
    [{ pins: [{ ...pin, size: 1.5 }] }, "/pins/0/size", "invalid", "a whole number", "1.5"],
    [{ pins: [{ ...pin, mediaType: "" }] }, "/pins/0/mediaType", "invalid", "a text that is not empty", '""'],
    [{ pins: [{ ...pin, trust: null }] }, "/pins/0/trust", "invalid", "one of tls, sums, signed", "null"],
    [{ sources: [{ kind: "x" }] }, "/sources/0/kind", "invalid", "one of osbuild, documents, program", '"x"'],
    [{ sources: [{}] }, "/sources/0/kind", "missing", "one of osbuild, documents, program", "nothing"],
    [
      { sources: [{ ...files, include: ["../x"] }] },
      "/sources/0/include/0",
      "invalid",
      "a relative POSIX path without ..",
      '"../x"',
    ],
    [{ sources: [{ ...program, argv: [] }] }, "/sources/0/argv/0", "missing", "a text", "nothing"],
    [{ sources: [{ ...program, timeoutMs: 0 }] }, "/sources/0/timeoutMs", "invalid", "a number above 0", "0"],
    [
      { pins: [{ ...pin, name: "x".repeat(256) }] },
      "/pins/0/name",
      "invalid",
      "a text of at most 255 characters",
      JSON.stringify("x".repeat(256)),
    ],
  ])("%j is told in our words", (value, ...problem) => {
    expect(told(value)).toEqual([problem]);
  });

  it("has the line of what lacks it, where it is missing", () => {
    expect(parse({ pins: [pin, { sha256: "x" }] }).problems).toMatchObject([{ place: { line: 9 } }]);
  });
});

describe("what can be understood", () => {
  it("of an entry is judged, and what is told of it is not missing", () => {
    const { pins } = parse({ pins: [{ ...pin, urls: 5, more: 1 }, { ...pin, sha256: 5 }, 7, pin] });
    expect(pins).toMatchObject([
      {
        index: 0,
        isWhole: false,
        entry: { urls: [], sha256: pin.sha256 },
        told: { urls: true, digests: false },
      },
      { index: 1, isWhole: false, entry: { urls: pin.urls }, told: { urls: false, digests: true } },
      { index: 3, isWhole: true, told: { urls: false, digests: false } },
    ]);
  });

  it.each([
    ["other sources are", { sources: [{ kind: "x" }, files, program] }, [1, 2]],
    ["pins are", { pins: [{}], sources: [files, program] }, [0, 1]],
    ["the file itself is, and no program", { more: 1, sources: [files, program] }, [0]],
    ["nothing is", { sources: [program, files] }, [0, 1]],
  ])("sources are read where %s wrong", (_, value, indexes) => {
    expect(parse(value).sources.map(({ index }) => index)).toEqual(indexes);
  });
});
