import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256, type Sha256 } from "../../src/digest/sha256.ts";
import { canonicalDocument } from "../../src/osbuild/sections.ts";
import { formatTree, joinTree, parseTree, splitDocument, type Blob } from "../../src/osbuild/tree.ts";
import { readTape } from "../json/read-tape.ts";
import { manifestLike } from "./manifest-like.ts";

const stage = { type: "org.osbuild.x" };
const document = canonicalDocument(
  readTape(
    JSON.stringify({
      version: "2",
      sources: { é: 1 },
      pipelines: [
        { name: "a", stages: [stage, stage] },
        { name: "b", stages: [stage] },
      ],
    }),
  ),
);

const digest = sha256(document.bytes);

function bytesByDigest(blobs: readonly Blob[]): Map<Sha256, Uint8Array> {
  return new Map(blobs.map((blob) => [blob.digest, blob.bytes]));
}

describe("a document as a tree of blobs", () => {
  it("joins to what was split, through its text", () => {
    fc.assert(
      fc.property(manifestLike, fc.constantFrom(0, 20, 512), (value, minBlobBytes) => {
        const canonical = canonicalDocument(readTape(JSON.stringify(value)));
        const { tree, blobs } = splitDocument(canonical, sha256(canonical.bytes), minBlobBytes);
        expect(parseTree(formatTree(tree))).toEqual({ ok: true, value: tree });
        const joined = joinTree(tree, bytesByDigest(blobs));
        expect(joined.ok && joined.value.equals(canonical.bytes)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("holds each section once, under its sha256", () => {
    const { blobs } = splitDocument(document, digest, 0);
    expect(blobs.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([
      '{"type":"org.osbuild.x"}',
      '{"é":1}',
    ]);
    for (const blob of blobs) expect(blob.digest).toBe(sha256(blob.bytes));
  });

  it("names its sections in order, between what is not shared", () => {
    const blob = sha256('{"type":"org.osbuild.x"}');
    expect(splitDocument(document, digest, 0).tree).toEqual({
      digest,
      parts: [
        { text: '{"pipelines":[{"name":"a","stages":[' },
        { blob },
        { text: "," },
        { blob },
        { text: ']},{"name":"b","stages":[' },
        { blob },
        { text: ']}],"sources":' },
        { blob: sha256('{"é":1}') },
        { text: ',"version":"2"}' },
      ],
    });
  });
});

it("short sections stay in the tree", () => {
  const { tree, blobs } = splitDocument(document, digest);
  expect(blobs).toEqual([]);
  expect(tree.parts).toEqual([{ text: document.bytes.toString("utf8") }]);
});

describe("a tree that cannot be used", () => {
  const { tree, blobs } = splitDocument(document, digest, 0);

  it("misses a blob", () => {
    const [first, second] = blobs as [Blob, Blob];
    expect(joinTree(tree, bytesByDigest([first]))).toEqual({
      ok: false,
      failure: { reason: "tree-blob-missing", blob: second.digest },
    });
  });

  it("does not make up the document that it names", () => {
    const [first, second] = blobs as [Blob, Blob];
    const swapped = new Map([
      [first.digest, second.bytes],
      [second.digest, first.bytes],
    ]);
    expect(joinTree(tree, swapped)).toMatchObject({
      ok: false,
      failure: { reason: "tree-mismatch", expected: digest },
    });
    const actual = sha256("");
    expect(joinTree({ digest, parts: [] }, new Map())).toEqual({
      ok: false,
      failure: { reason: "tree-mismatch", expected: digest, actual },
    });
  });

  it.each<[what: string, text: string]>([
    ["nothing", ""],
    ["a truncated text", formatTree(tree).slice(0, -1)],
    ["null", "null"],
    ["a list", "[]"],
    ["no digest", JSON.stringify({ parts: [] })],
    ["no parts", JSON.stringify({ digest })],
    ["a digest of another form", JSON.stringify({ digest: `sha256:${digest}`, parts: [] })],
    ["parts that are no list", JSON.stringify({ digest, parts: {} })],
    ["a number for a part", JSON.stringify({ digest, parts: [1] })],
    ["null for a part", JSON.stringify({ digest, parts: [null] })],
    ["an empty part", JSON.stringify({ digest, parts: [{}] })],
    ["a part's text that is none", JSON.stringify({ digest, parts: [{ text: 1 }] })],
    ["a blob that is no digest", JSON.stringify({ digest, parts: [{ blob: "../../x" }] })],
  ])("is malformed: %s", (_, text) => {
    expect(parseTree(text)).toEqual({ ok: false, failure: { reason: "tree-malformed" } });
  });
});
