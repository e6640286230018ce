import { expect, it } from "vitest";
import { findClashes } from "../../src/config/clashes.ts";
import { parseConfig } from "../../src/config/parse.ts";
import { projectOf } from "../../src/config/project.ts";
import { orThrow, type ConfigText } from "../workspace.ts";

function project(family: string, more: ConfigText = {}) {
  const path = `images/${family}/imagegate.json`;
  const config = { generator: { kind: "files", include: ["*"] }, ...more };
  return projectOf("/w", path, orThrow(parseConfig(JSON.stringify(config), path)));
}

function clash(first: ConfigText, second: ConfigText) {
  return findClashes([project("a", first), project("b", second)]);
}

it("lets families be that keep to themselves", () => {
  expect(findClashes([project("a"), project("b"), project("ab")])).toEqual([]);
  expect(clash({ records: { folder: "sums/x" } }, { records: { folder: "sums/xy" } })).toEqual([]);
});

it("refuses two families of one name", () => {
  expect(clash({}, { family: "a" })).toEqual([
    { reason: "family-twice", family: "a", paths: ["images/a/imagegate.json", "images/b/imagegate.json"] },
  ]);
});

it.each([
  ["sums", "sums"],
  ["sums", "sums/b"],
  ["sums/a", "./sums/"],
])("refuses the record folders %s and %s", (first, second) => {
  expect(clash({ records: { folder: first } }, { records: { folder: second } })).toEqual([
    { reason: "records-shared", folder: first, families: ["a", "b"] },
  ]);
});

it.each<[string, ConfigText]>([
  ["the output", { output: "dist/manifests/b" }],
  ["all output", { output: "dist" }],
  ["the definitions", { output: "images/b" }],
])("refuses an output folder that is %s of another family", (_, first) => {
  expect(clash(first, {})[0]).toMatchObject({
    reason: "config-invalid",
    path: "images/a/imagegate.json",
    problems: [{ path: ["output"], message: expect.stringContaining("family b") as string }],
  });
});

it("refuses records among another family's definitions", () => {
  expect(clash({}, { records: { folder: "images/a" } })).toMatchObject([
    {
      reason: "config-invalid",
      path: "images/b/imagegate.json",
      problems: [{ path: ["records", "folder"] }],
    },
  ]);
});

it("refuses two ways to read names in one repository", () => {
  const profile = { separator: "_" };
  expect(clash({ profile }, { profile })).toEqual([]);
  expect(clash({ profile }, {})).toEqual([]);
  expect(clash({ profile }, { profile: { separator: "." } })).toMatchObject([
    { reason: "config-invalid", path: "images/b/imagegate.json", problems: [{ path: ["profile"] }] },
  ]);
});
