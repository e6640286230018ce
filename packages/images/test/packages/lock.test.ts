import { describe, expect, it } from "vitest";
import { lockResolver } from "../../src/packages/lock.ts";
import type { PackageLock } from "../../src/packages/lock-file.ts";
import type { PackageRequest } from "../../src/packages/resolver.ts";
import { mirrored } from "../samples.ts";

const lock: PackageLock = {
  lockVersion: 1,
  release: "sample-1",
  arch: "x86_64",
  transactions: [
    {
      name: "os",
      install: ["kernel"],
      exclude: ["plymouth"],
      packages: [
        {
          name: "kernel",
          evra: "6.17.1-300.x86_64",
          checksum: "sha256:00",
          repository: "updates",
          url: "Packages/k/kernel.rpm",
        },
      ],
    },
  ],
};

const request: PackageRequest = {
  name: "os",
  install: ["kernel"],
  exclude: ["plymouth"],
  release: "sample-1",
  arch: "x86_64",
  repositories: [mirrored("base", "20260101"), mirrored("updates", "20260201")],
};

const resolve = lockResolver(lock);

describe("lockResolver", () => {
  it("takes the checksum from the lock and the place from the repository", () => {
    expect(resolve(request)).toEqual({
      ok: true,
      value: [
        {
          name: "kernel",
          evra: "6.17.1-300.x86_64",
          checksum: "sha256:00",
          url: "https://mirror.example/updates-20260201/Packages/k/kernel.rpm",
          isSigned: true,
        },
      ],
    });
  });

  it("rebases the URL, and nothing else, on another snapshot", () => {
    const repositories = [mirrored("base", "20260101"), mirrored("updates", "20260301")];
    const [before, after] = [resolve(request), resolve({ ...request, repositories })];
    if (!before.ok || !after.ok) throw new Error("not resolved");
    expect(after.value).toEqual(
      before.value.map((entry) => ({ ...entry, url: entry.url.replace("20260201", "20260301") })),
    );
    expect(after.value[0]?.url).toContain("20260301");
  });

  it("refuses a request for another release or architecture", () => {
    expect(resolve({ ...request, arch: "aarch64" })).toEqual({
      ok: false,
      failure: {
        reason: "lock-for-another-release",
        locked: { release: "sample-1", arch: "x86_64" },
        requested: { release: "sample-1", arch: "aarch64" },
      },
    });
  });

  it("refuses a transaction that is not the locked one", () => {
    const requested = { name: "os", install: ["kernel", "tmux"], exclude: ["plymouth"] };
    expect(resolve({ ...request, ...requested })).toEqual({
      ok: false,
      failure: { reason: "transaction-not-locked", requested },
    });
  });

  it("refuses packages of repositories that the release does not have", () => {
    expect(resolve({ ...request, repositories: [mirrored("base", "20260101")] })).toEqual({
      ok: false,
      failure: { reason: "locked-repository-unknown", transaction: "os", repositories: ["updates"] },
    });
  });
});
