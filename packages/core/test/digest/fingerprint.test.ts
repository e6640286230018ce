import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fingerprintDocument, type FingerprintMode } from "../../src/digest/fingerprint.ts";
import { sha256 } from "../../src/digest/sha256.ts";
import { readTape } from "../json/read-tape.ts";
import { EDITS, findPlaces, respell, seededRandom } from "../mutations.ts";

function fingerprint(text: Uint8Array | string, mode: FingerprintMode = "osbuild-ids") {
  const document = fingerprintDocument(readTape(text), mode);
  if (!document.ok) throw new Error(JSON.stringify(document.failure));
  return document.value.fingerprint;
}

const stage = { type: "org.osbuild.x" };
const text = JSON.stringify({
  version: "2",
  sources: { b: { items: {} }, a: { items: {} } },
  pipelines: [{ name: "os", stages: [stage] }, { name: "empty" }],
});

describe("fingerprintDocument", () => {
  it("digests the whole document, its sources, and tells the ids", () => {
    const id = sha256('"org.osbuild.x"nullnull{}');
    expect(fingerprint(text)).toEqual({
      manifest: sha256(
        '{"pipelines":[{"name":"os","stages":[{"type":"org.osbuild.x"}]},{"name":"empty"}],"sources":{"a":{"items":{}},"b":{"items":{}}},"version":"2"}',
      ),
      sources: sha256('{"a":{"items":{}},"b":{"items":{}}}'),
      pipelines: [
        { name: "os", id, stages: [{ type: "org.osbuild.x", id }] },
        { name: "empty", id: null, stages: [] },
      ],
    });
  });

  it("gives the canonical bytes that it digested", () => {
    const document = fingerprintDocument(readTape(text), "osbuild");
    expect(document.ok && sha256(document.value.canonical.bytes)).toBe(fingerprint(text).manifest);
  });

  it("has no ids when none are wanted, whatever the document", () => {
    expect(fingerprint(text, "osbuild")).toEqual({ ...fingerprint(text), pipelines: null });
    expect(fingerprint('{"pipelines":7}', "osbuild").pipelines).toBeNull();
  });

  it("has neither ids nor sources for any JSON", () => {
    expect(fingerprint(text, "json")).toEqual({ ...fingerprint(text), sources: null, pipelines: null });
    expect(fingerprint(" 1.0 ", "json")).toEqual({ manifest: sha256("1.0"), sources: null, pipelines: null });
  });

  it.each([
    ['{"version":"2","sources":{}}', "{}"],
    ['{"version":"2","sources":null}', "null"],
    ['{"version":"2","sources":[ 1 ]}', "[1]"],
  ])("hashes the sources of %s like any value", (manifest, sources) => {
    expect(fingerprint(manifest, "osbuild").sources).toBe(sha256(sources));
  });

  it("has no sources where there are none, or only deeper down", () => {
    expect(fingerprint('{"version":"2"}').sources).toBeNull();
    expect(fingerprint('{"metadata":{"sources":{}},"version":"2"}').sources).toBeNull();
  });

  it("fails where ids are wanted and osbuild would refuse", () => {
    expect(fingerprintDocument(readTape("{}"), "osbuild-ids")).toEqual({
      ok: false,
      failure: { reason: "manifest-version-unsupported", version: '"1"' },
    });
  });
});

function manifestDigest(bytes: Uint8Array): string {
  return fingerprint(bytes, "osbuild").manifest;
}

describe("fingerprintDocument never misses", () => {
  const folder = new URL("../fixtures/manifests/", import.meta.url);
  const tapes = readdirSync(folder).map((name) => readTape(readFileSync(new URL(name, folder))));

  const editable = tapes.map((tape) => ({ places: findPlaces(tape), before: manifestDigest(tape.bytes) }));

  it.each(Object.entries(EDITS))("1,700 edits of %s", (_, edit) => {
    const random = seededRandom(20_260_101);
    const documents = editable.filter(({ places }) => edit(places, random) !== undefined);
    expect(documents).not.toEqual([]);
    for (let round = 0; round < 1_700; round++) {
      const { places, before } = documents[round % documents.length] as (typeof documents)[number];
      const edited = edit(places, random) as Buffer;
      if (manifestDigest(edited) === before) expect.fail(`not seen: ${edited.toString()}`);
    }
  });

  it("and is not moved by key order, white space or the spelling of strings", () => {
    const random = seededRandom(1);
    for (const tape of tapes) {
      for (let round = 0; round < 100; round++) {
        const respelled = respell(tape, random);
        expect(fingerprint(respelled, "osbuild")).toEqual(fingerprint(tape.bytes, "osbuild"));
      }
    }
  });
});
