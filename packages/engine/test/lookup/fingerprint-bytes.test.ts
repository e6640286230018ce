import { describe, expect, it } from "vitest";
import { fingerprintBytes } from "../../src/lookup/fingerprint-bytes.ts";
import { failureOf, orThrow, sampleManifest } from "../workspace.ts";

const bytes = (text: string) => Buffer.from(text);

describe("fingerprintBytes", () => {
  it("gives digests and ids as they are asked for", () => {
    const text = bytes(JSON.stringify(sampleManifest("a")));
    const full = orThrow(fingerprintBytes(text, "osbuild-ids"));
    expect(full.pipelines?.map(({ name, stages }) => [name, stages.length])).toEqual([
      ["build", 1],
      ["os", 1],
    ]);
    expect(orThrow(fingerprintBytes(text, "osbuild"))).toEqual({ ...full, pipelines: null });
    expect(orThrow(fingerprintBytes(text, "json"))).toEqual({ ...full, sources: null, pipelines: null });
  });

  it.each([
    ["json-empty", ""],
    ["json-byte-order-mark", "\ufeff{}"],
    ["json-syntax", "NaN"],
    ["manifest-version-unsupported", "{}"],
  ])("fails: %s", (reason, text) => {
    expect(failureOf(fingerprintBytes(bytes(text), "osbuild-ids"))).toMatchObject({ reason });
  });

  it("fails for text in another encoding", () => {
    const latin1 = Buffer.from('{"a":"é"}', "latin1");
    expect(failureOf(fingerprintBytes(latin1, "json"))).toMatchObject({ reason: "json-not-utf8" });
    const utf16 = Buffer.from("{}", "utf16le");
    expect(failureOf(fingerprintBytes(utf16, "json"))).toMatchObject({ reason: "json-syntax" });
  });
});
