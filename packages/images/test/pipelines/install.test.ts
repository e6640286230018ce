import { describe, expect, it } from "vitest";
import { installPackages } from "../../src/pipelines/install.ts";

const kernel = {
  name: "kernel",
  evra: "1-1.x86_64",
  checksum: "sha256:aa",
  url: "https://mirror.example",
} as const;

describe("installPackages", () => {
  it("checks the signatures of packages that have one", () => {
    const unsigned = { ...kernel, checksum: "sha256:bb", isSigned: false } as const;
    const stage = installPackages({ packages: [{ ...kernel, isSigned: true }, unsigned], gpgKeys: ["key"] });
    expect(stage.options).toEqual({ gpgkeys: ["key"] });
    expect(stage.inputs?.["packages"]?.references).toEqual([
      { id: "sha256:aa", options: { metadata: { "rpm.check_gpg": true } } },
      { id: "sha256:bb" },
    ]);
  });

  it("adds further options, and no empty list of keys", () => {
    expect(installPackages({ packages: [], gpgKeys: [] }, { exclude: { docs: true } }).options).toEqual({
      exclude: { docs: true },
    });
  });
});
