import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/parse.ts";
import { projectOf, recordKindOf } from "../../src/config/project.ts";
import { orThrow, type ConfigText } from "../workspace.ts";

function project(path: string, more: ConfigText = {}) {
  const config = { generator: { kind: "files", include: ["*.json"] }, ...more };
  return projectOf("/w", path, orThrow(parseConfig(JSON.stringify(config), path)));
}

describe("names and folders", () => {
  it("takes the family's name from its folder", () => {
    expect(project("images/demo/imagegate.json")).toMatchObject({
      root: "/w",
      configPath: "images/demo/imagegate.json",
      folder: "images/demo",
      family: "demo",
      recordsFolder: "checksums/demo",
      outputFolder: "dist/manifests/demo",
    });
  });

  it("calls a family in the root images, whatever a checkout is called", () => {
    expect(project("imagegate.json")).toMatchObject({ folder: ".", family: "images" });
    expect(project("imagegate.json", { family: "demo" })).toMatchObject({ recordsFolder: "checksums/demo" });
  });

  it.each([
    ["a/b", "a/b"],
    ["./a//b/", "a/b"],
  ])("takes the folder %s as %s", (given, folder) => {
    expect(project("x/imagegate.json", { records: { folder: given }, output: `o/${given}` })).toMatchObject({
      recordsFolder: folder,
      outputFolder: `o/${folder}`,
    });
  });
});

function kindOf(records: ConfigText) {
  return recordKindOf(project("x/imagegate.json", { records }));
}

it("gives the form of the records without their folder", () => {
  expect(kindOf({})).toEqual({ form: "lines" });
  expect(kindOf({ form: "pipeline-ids", folder: "a" })).toEqual({ form: "pipeline-ids" });
  expect(kindOf({ form: "digest", of: "raw", algorithm: "sha1", folder: "a" })).toEqual({
    form: "digest",
    of: "raw",
    algorithm: "sha1",
  });
});
