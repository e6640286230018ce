import { sha256 } from "@imagegate/core";
import { describe, expect, it } from "vitest";
import { mockResolver } from "../../src/packages/mock.ts";
import type { PackageRequest, ResolvedPackage } from "../../src/packages/resolver.ts";
import { mirrored } from "../samples.ts";

const request: PackageRequest = {
  name: "os",
  install: ["@Server Group", "kernel"],
  exclude: ["plymouth"],
  release: "sample-1",
  arch: "x86_64",
  repositories: [mirrored("base", "20260101"), mirrored("updates", "20260201")],
};

function resolve(changes: Partial<PackageRequest> = {}): readonly ResolvedPackage[] {
  const resolved = mockResolver()({ ...request, ...changes });
  if (!resolved.ok) throw new Error(resolved.failure.reason);
  return resolved.value;
}

function checksums(changes: Partial<PackageRequest> = {}): readonly string[] {
  return resolve(changes).map(({ checksum }) => checksum);
}

describe("mockResolver", () => {
  it("stands in for every repository and every name, kept out ones included", () => {
    const names = resolve().map(({ name }) => name);
    expect(names).toEqual([
      "repository:base",
      "repository:updates",
      "@Server Group",
      "kernel",
      "exclude:plymouth",
    ]);
  });

  it("derives a checksum from repository, release, architecture, transaction and name", () => {
    const expected = sha256(["base", "sample-1", "x86_64", "os", "kernel"].join("\0"));
    expect(resolve()[3]).toEqual({
      name: "kernel",
      evra: "0-0.x86_64",
      checksum: `sha256:${expected}`,
      url: "https://mirror.example/base-20260101/stand-ins/os/kernel.rpm",
      isSigned: true,
    });
  });

  it.each<Partial<PackageRequest>>([
    { release: "sample-2" },
    { arch: "aarch64" },
    { name: "build" },
    { install: ["kernel-debug"] },
    { repositories: [mirrored("other", "20260101"), mirrored("updates", "20260201")] },
  ])("gives other checksums for %o", (changes) => {
    expect(checksums(changes)[3]).not.toBe(checksums()[3]);
  });

  it("moves URLs and no checksum when a snapshot changes", () => {
    const repositories = [mirrored("base", "20260101"), mirrored("updates", "20260301")];
    const [before, after] = [resolve(), resolve({ repositories })];
    expect(checksums({ repositories })).toEqual(checksums());
    expect(after[1]?.url).toContain("updates-20260301");
    expect(before[1]?.url).toContain("updates-20260201");
  });

  it("gives a URL even to a name that is not one word", () => {
    expect(resolve()[2]?.url).toMatch(/\/%40Server%20Group\.rpm$/);
  });

  it("has nothing to give without a repository", () => {
    expect(resolve({ repositories: [] })).toEqual([]);
  });

  it("leaves packages unsigned when the repository has no key", () => {
    const repositories = [{ id: "base", baseurl: "https://mirror.example/", gpgKeys: [] }];
    expect(resolve({ repositories }).every(({ isSigned }) => !isSigned)).toBe(true);
  });
});
