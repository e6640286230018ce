import { describe, expect, it } from "vitest";
import { collectSources, inlineChecksum } from "../src/sources.ts";
import type { ResolvedPackage } from "../src/packages/resolver.ts";

function located(checksum: ResolvedPackage["checksum"], url: string): ResolvedPackage {
  return { name: "kernel", evra: "1-1.x86_64", checksum, url, isSigned: false };
}

describe("collectSources", () => {
  it("lists files by checksum, sorted and once", () => {
    const { "org.osbuild.curl": curl } = collectSources(
      [located("sha256:bb", "b"), located("sha256:aa", "a"), located("sha256:bb", "elsewhere")],
      [],
    );
    expect(Object.entries(curl?.items ?? {})).toEqual([
      ["sha256:aa", { url: "a" }],
      ["sha256:bb", { url: "b" }],
    ]);
  });

  it("carries texts as they are, in UTF-8", () => {
    const { "org.osbuild.inline": inline } = collectSources([], ["grüß\n"]);
    expect(inline?.items).toEqual({
      [inlineChecksum("grüß\n")]: { encoding: "base64", data: "Z3LDvMOfCg==" },
    });
  });

  it("has no source that gives nothing", () => {
    expect(collectSources([], [])).toEqual({});
  });
});
