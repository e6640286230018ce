import { describe, expect, it } from "vitest";
import { packageSet } from "../../src/packages/package-set.ts";

describe("packageSet", () => {
  it("has every key of the repositories once", () => {
    const repositories = ["a", "b"].map((id) => ({
      id,
      baseurl: "https://mirror.example",
      gpgKeys: ["key", `key ${id}`],
    }));
    expect(packageSet([], repositories)).toEqual({ packages: [], gpgKeys: ["key", "key a", "key b"] });
  });
});
