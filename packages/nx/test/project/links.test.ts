import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { linkedPlaces } from "../../src/project/links.ts";
import { folderWith } from "../temporary.ts";

describe("linkedPlaces", () => {
  test("names what files and folders lead to, links behind links included", () => {
    const root = folderWith({ "f/sub/a": "", "data/one": "", "more/two": "", "last/three": "" });
    symlinkSync("../data/one", join(root, "f/one"));
    symlinkSync("../../more", join(root, "f/sub/more"));
    symlinkSync("../last", join(root, "more/last"));
    expect(linkedPlaces(root, ["f"])).toEqual({ globs: ["data/one", "last/**/*", "more/**/*"], outside: [] });
  });

  test("tells links that leave the workspace, and passes over those that lead nowhere", () => {
    const root = folderWith({ "f/a": "" });
    symlinkSync(folderWith({ x: "" }), join(root, "f/away"));
    symlinkSync("./nothing", join(root, "f/broken"));
    expect(linkedPlaces(root, ["f"])).toEqual({ globs: [], outside: ["f/away"] });
  });

  test("ends where links go in circles", () => {
    const root = folderWith({ "f/a": "" });
    symlinkSync("../f", join(root, "f/self"));
    expect(linkedPlaces(root, ["f"])).toEqual({ globs: ["f/**/*"], outside: [] });
  });

  test("follows nothing in installed packages, and a folder that is not there has no links", () => {
    const root = folderWith({ "f/node_modules/a": "", "data/one": "" });
    symlinkSync("../../data/one", join(root, "f/node_modules/one"));
    expect(linkedPlaces(root, ["f"])).toEqual({ globs: [], outside: [] });
    expect(linkedPlaces(root, ["none"])).toEqual({ globs: [], outside: [] });
  });
});
