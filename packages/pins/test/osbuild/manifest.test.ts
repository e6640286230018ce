import { describe, expect, it } from "vitest";
import { readManifestSources } from "../../src/osbuild/manifest.ts";
import { jsonDocument, sha256Of } from "../fixtures/pins.ts";

const A = `sha256:${"a".repeat(64)}`;
const B = `sha256:${"b".repeat(64)}`;

function read(sources: unknown, unverified: readonly string[] = []) {
  const text = JSON.stringify({ version: "2", pipelines: [], sources }, null, 1);
  return readManifestSources(jsonDocument(text, "m.json"), unverified);
}

describe("org.osbuild.curl", () => {
  it("pins by checksum a url, or an object that has one, in the line of the checksum", () => {
    const items = {
      [A]: "https://h/a+b",
      [B]: { url: "https://h/b", secrets: { name: "org.osbuild.rhsm" } },
    };
    const { pins, problems } = read({ "org.osbuild.curl": { items } });
    expect(problems).toEqual([]);
    expect(pins).toMatchObject([
      { name: null, urls: ["https://h/a%2Bb"], digests: [{ text: A, declared: null }], place: { line: 7 } },
      {
        urls: ["https://h/b"],
        place: { path: "m.json", pointer: `/sources/org.osbuild.curl/items/${B}`, line: 8 },
      },
    ]);
  });

  it("has called its items urls, and an item without a url is a pin that lacks one", () => {
    const { pins } = read({
      "org.osbuild.curl": { urls: { [A]: "https://h/a", [B]: { uri: "https://h/b" } } },
    });
    expect(pins.map(({ urls }) => urls)).toEqual([["https://h/a"], []]);
  });
});

describe("org.osbuild.librepo", () => {
  const mirrors = {
    base: { url: "https://h/repo/", type: "baseurl" },
    list: { url: "https://h/list", type: "mirrorlist" },
    meta: { url: "https://h/meta", type: "metalink" },
    odd: { url: "https://h/odd", type: "torrent" },
  };
  const librepo = (items: object) => read({ "org.osbuild.librepo": { items, options: { mirrors } } });

  it("pins a path below a base url", () => {
    const { pins, problems } = librepo({ [A]: { path: "Packages/a/a^1.rpm", mirror: "base" } });
    expect(problems).toEqual([]);
    expect(pins.map(({ urls }) => urls)).toEqual([["https://h/repo/Packages/a/a%5E1.rpm"]]);
  });

  it("is refused where a list of mirrors decides, once a list", () => {
    const { pins, problems } = librepo({
      [A]: { path: "a", mirror: "list" },
      [B]: { path: "b", mirror: "list" },
      [`sha256:${"c".repeat(64)}`]: { path: "c", mirror: "meta" },
    });
    expect(pins).toEqual([]);
    expect(problems).toMatchObject([
      {
        reason: "pins-source-unsupported",
        because: "mirror-list",
        place: { pointer: "/sources/org.osbuild.librepo/options/mirrors/list" },
      },
      { because: "mirror-list", place: { pointer: "/sources/org.osbuild.librepo/options/mirrors/meta" } },
    ]);
  });

  it.each([
    ["a mirror that is not there", { path: "a", mirror: "none" }],
    ["a mirror of an unknown type", { path: "a", mirror: "odd" }],
    ["no path", { mirror: "base" }],
    ["no object", "a"],
  ])("with %s is malformed", (_, item) => {
    expect(librepo({ [A]: item }).problems).toMatchObject([
      { reason: "pins-document-shape", place: { pointer: `/sources/org.osbuild.librepo/items/${A}` } },
    ]);
  });
});

function readInline(items: object) {
  return read({ "org.osbuild.inline": { items } });
}

describe("org.osbuild.inline", () => {
  const hello = Buffer.from("hello\n").toString("base64");
  const checksum = `sha256:${sha256Of("hello\n")}`;

  it("is judged by its bytes, whose base64 may be broken into lines", () => {
    const { inline: verdicts, problems } = readInline({
      [checksum]: { encoding: "base64", data: `${hello.slice(0, 3)}\n${hello.slice(3)}` },
      [A]: { encoding: "base64", data: hello },
    });
    expect(problems).toEqual([]);
    expect(verdicts).toMatchObject([
      {
        url: `inline:${checksum}`,
        class: "ok",
        method: "inline",
        evidence: { digests: [{ algorithm: "sha256", hex: sha256Of("hello\n") }], sizeBytes: 6 },
        pin: { provenance: [{ path: "m.json", pointer: `/sources/org.osbuild.inline/items/${checksum}` }] },
      },
      { url: `inline:${A}`, class: "drift", isAllowed: false },
    ]);
  });

  it.each([
    ["lzma, which is not decoded here", { encoding: "lzma+base64", data: hello }, "pins-source-unsupported"],
    ["another alphabet", { encoding: "base64", data: "_-_-" }, "pins-document-shape"],
    ["no data", { encoding: "base64" }, "pins-document-shape"],
    ["no encoding", { data: hello }, "pins-document-shape"],
  ])("with %s is refused", (_, item, reason) => {
    const reading = readInline({ [checksum]: item });
    expect(reading.inline).toEqual([]);
    expect(reading.problems).toMatchObject([{ reason }]);
  });

  it("under a checksum of another algorithm is refused", () => {
    const { problems } = readInline({ [`md5:${"a".repeat(32)}`]: { encoding: "base64", data: hello } });
    expect(problems).toMatchObject([{ reason: "pin-digest-invalid" }]);
  });
});

describe("other sources", () => {
  const ostree = { items: { ["c".repeat(64)]: { remote: { url: "https://h" } } } };

  it.each([
    ["org.osbuild.ostree", "no-file"],
    ["org.osbuild.skopeo", "no-file"],
    ["org.osbuild.skopeo-index", "no-file"],
    ["org.osbuild.containers-storage", "no-file"],
    ["org.example.new", "unknown"],
  ])("%s is refused: %s", (type, because) => {
    expect(read({ [type]: ostree })).toMatchObject({
      pins: [],
      problems: [
        { reason: "pins-source-unsupported", type, because, place: { pointer: `/sources/${type}` } },
      ],
    });
  });

  it("that are listed are counted instead", () => {
    const reading = read({ "org.osbuild.ostree": ostree }, ["org.osbuild.ostree"]);
    expect(reading.problems).toEqual([]);
    expect(reading.unverified).toMatchObject([{ what: "org.osbuild.ostree", count: 1 }]);
  });

  it("without items ask for nothing", () => {
    expect(read({ "org.osbuild.ostree": { items: {} } }).problems).toEqual([]);
  });

  it.each([
    ["sources", []],
    ["a source", { "org.osbuild.curl": 1 }],
    ["items", { "org.osbuild.curl": { items: [] } }],
  ])("that are malformed in their %s are refused", (_, sources) => {
    expect(read(sources).problems).toMatchObject([{ reason: "pins-document-shape" }]);
  });
});

it("a manifest may have no sources, and must be an object", () => {
  expect(readManifestSources(jsonDocument("{}"), [])).toMatchObject({ pins: [], problems: [] });
  expect(readManifestSources(jsonDocument("[]"), []).problems).toMatchObject([
    { reason: "pins-document-shape" },
  ]);
});
