import { defaultProfile } from "@imagegate/core/explain";
import { expect, it } from "vitest";
import { parseConfig } from "../../src/config/parse.ts";
import { projectOf } from "../../src/config/project.ts";
import { profileOf } from "../../src/explain/profile.ts";
import { failureOf, orThrow } from "../workspace.ts";

const GENERATOR = { kind: "files", include: ["*.json"] };

function configOf(profile: unknown) {
  return parseConfig(JSON.stringify({ generator: GENERATOR, profile }), "demo/imagegate.json");
}

function profileFrom(profile: unknown) {
  return profileOf([projectOf("/w", "demo/imagegate.json", orThrow(configOf(profile)))]);
}

it("is the default where nothing is said", () => {
  expect(profileOf([])).toEqual(defaultProfile);
  expect(profileFrom({})).toEqual(defaultProfile);
});

it("is what is said, and the default for the rest", () => {
  const said = {
    separator: "_",
    parts: [{ name: "product" }, { name: "arch", word: "on" }],
    spellings: { riscv64: ["rv64"] },
    packages: ["^(?<name>[a-z]+)@"],
  };
  expect(profileFrom(said)).toEqual({
    ...defaultProfile,
    separator: "_",
    parts: [
      { name: "product", word: "" },
      { name: "arch", word: "on" },
    ],
    spellings: new Map([["riscv64", ["rv64"]]]),
    packages: [/^(?<name>[a-z]+)@/u],
  });
});

it.each([
  [{ release: "^(?<family>a)" }, ["profile", "release"]],
  [{ packages: ["("] }, ["profile", "packages", 0]],
  [{ parts: [] }, ["profile", "parts"]],
  [{ seperator: "-" }, ["profile", "seperator"]],
])("%j is refused", (profile, path) => {
  expect(failureOf(configOf(profile))).toMatchObject({
    reason: "config-invalid",
    problems: expect.arrayContaining([expect.objectContaining({ path })]) as unknown,
  });
});
