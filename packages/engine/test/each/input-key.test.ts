import { describe, expect, it } from "vitest";
import { projectOf } from "../../src/config/project.ts";
import { parseConfig } from "../../src/config/parse.ts";
import { inputKey, type CommitInputs } from "../../src/each/input-key.ts";
import type { TreeFile } from "../../src/git/tree.ts";
import { orThrow } from "../workspace.ts";

const MODULE = { kind: "module", entry: "./images.ts" };
const COMMAND = { kind: "command", argv: ["make"], output: "ndjson" };

function projectWith(config: object, folder = "images/demo") {
  const path = `${folder}/imagegate.json`;
  return projectOf("/w", path, orThrow(parseConfig(JSON.stringify(config), path)));
}

/** The paths, of these, whose content is part of the key. */
function pathsInKey(config: object, paths: readonly string[], more: Partial<CommitInputs> = {}) {
  const project = projectWith(config);
  const files = paths.map((path): TreeFile => ({ path, mode: "100644", object: `1 ${path}` }));
  const inputs: CommitInputs = {
    ...{ tree: "tree", files, projects: [project], isTop: true, hasSetup: false, isPackage: false },
    ...more,
  };
  const key = inputKey(project, inputs);
  return paths.filter((path) => {
    const changed = files.map((file) => (file.path === path ? { ...file, object: "2" } : file));
    return inputKey(project, { ...inputs, tree: "other tree", files: changed }) !== key;
  });
}

const PATHS = [
  "README",
  "checksums/demo/a.sum",
  "images/demo/images.ts",
  "images/other/images.ts",
  "package-lock.json",
  "package.json",
  "packages/lib/index.ts",
  "packages/lib/package.json",
  "shared/deep/x.json",
  "shared/y.json",
];
const SETTINGS = ["package-lock.json", "package.json", "packages/lib/package.json"];

describe("equal keys are equal inputs", () => {
  it("of a module: its folder, its declared files, the repository's packages, the settings", () => {
    const config = { generator: MODULE, inputs: { files: ["shared/*.json"] } };
    expect(pathsInKey(config, PATHS)).toEqual(
      PATHS.filter((path) => !/^(?:README|checksums|images\/other)/.test(path)),
    );
  });

  it("of a command that says what it reads: its folder and that", () => {
    const config = { generator: COMMAND, inputs: { files: ["shared/y.json"] } };
    expect(pathsInKey(config, PATHS)).toEqual(["images/demo/images.ts", ...SETTINGS, "shared/y.json"]);
  });

  it("of files: those, wherever they stand", () => {
    const config = { generator: { kind: "files", include: ["../../shared/**/*.json"] } };
    expect(pathsInKey(config, PATHS)).toEqual([
      "images/demo/images.ts",
      ...SETTINGS,
      "shared/deep/x.json",
      "shared/y.json",
    ]);
  });

  it.each([
    ["a command that does not say", { generator: COMMAND }, {}],
    ["a workspace that is only a part of its repository", { generator: MODULE }, { isTop: false }],
  ])("of %s: everything", (_, config, more) => {
    expect(pathsInKey(config, PATHS, more)).toEqual(PATHS);
  });

  it.each([
    ["a setup", { hasSetup: true }],
    ["definitions that may import the workspace by its name", { isPackage: true }],
  ])("of %s: everything but records", (_, more) => {
    const expected = PATHS.filter((path) => !path.startsWith("checksums"));
    expect(pathsInKey({ generator: MODULE }, PATHS, more)).toEqual(expected);
  });

  it("of a folder with a link, which may lead anywhere: everything", () => {
    const project = projectWith({ generator: MODULE });
    const link = { path: "images/demo/link", mode: "120000", object: "1" };
    const inputs = {
      ...{ tree: "one", files: [link], projects: [project], isTop: true },
      ...{ hasSetup: false, isPackage: false },
    };
    expect(inputKey(project, inputs)).not.toBe(inputKey(project, { ...inputs, tree: "other" }));
  });
});
