import { parseConfig } from "@imagegate/engine/config";
import { projectOf, type Project } from "@imagegate/engine/project";
import { describe, expect, test } from "vitest";
import {
  familyInputs,
  recordExclusions,
  recordInputs,
  type PluginContext,
} from "../../src/project/inputs.ts";
import { encodeProbe } from "../../src/project/probe.ts";
import { folderWith } from "../temporary.ts";

function projectWith(
  config: unknown,
  root: string = folderWith({}),
  path = "images/fedora/imagegate.json",
): Project {
  const parsed = parseConfig(JSON.stringify(config), path);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  return projectOf(root, path, parsed.value);
}

function contextOf({ root }: Project, ids?: PluginContext["ids"]): PluginContext {
  return {
    root,
    pluginFolder: "node_modules/@imagegate/nx",
    ownCode: { inputs: [{ env: "OWN" }], gaps: [] },
    ids,
  };
}

const FILES = { kind: "files", include: ["*.json"] };
const COMMAND = { kind: "command", argv: ["make"], output: "directory" };
const MODULE = { kind: "module", entry: "./images.ts", packages: [] };

describe("familyInputs", () => {
  test("holds the folder as it is on disk, without installed packages", () => {
    const project = projectWith({ generator: FILES });
    const { inputs } = familyInputs(project, contextOf(project));
    expect(inputs).toContainEqual({ fileset: "{workspaceRoot}/images/fedora/**/*", includeIgnored: true });
    expect(inputs).toContainEqual({
      fileset: "!{workspaceRoot}/images/fedora/**/node_modules/**",
      includeIgnored: true,
    });
    expect(inputs).toContainEqual({ env: "OWN" });
  });

  test("leaves out the manifests that runs write into the folder, but not the records: check reads them", () => {
    const records = { folder: "images/fedora/sums" };
    const written = { records, output: "images/fedora/out" };
    const project = projectWith({ generator: MODULE, ...written });
    const exclusion = { fileset: "!{workspaceRoot}/images/fedora/out/**/*", includeIgnored: true };
    const { inputs } = familyInputs(project, contextOf(project));
    expect(inputs).toContainEqual(exclusion);
    const existing = projectWith({ generator: FILES, ...written });
    expect(familyInputs(existing, contextOf(existing)).inputs).not.toContainEqual(exclusion);
    expect(JSON.stringify(inputs)).not.toContain("sums");
    expect(recordExclusions(project)).toEqual([
      { fileset: "!{workspaceRoot}/images/fedora/sums/**/*", includeIgnored: true },
    ]);
  });

  test("of a family at the root are the files that git tracks", () => {
    const project = projectWith({ generator: FILES }, folderWith({}), "imagegate.json");
    const { inputs } = familyInputs(project, contextOf(project));
    expect(inputs).toContainEqual({ fileset: "{workspaceRoot}/**/*" });
    expect(recordExclusions(project)).toEqual([{ fileset: "!{workspaceRoot}/checksums/images/**/*" }]);
  });

  test("names declared files, variables and versions; a version is asked through our own program", () => {
    const inputs = {
      files: ["data/*.json", "!data/x.json"],
      env: ["RELEASE"],
      versions: [["make", "--version"]],
    };
    const project = projectWith({ generator: { ...COMMAND, env: { PATH: "/opt" } }, inputs });
    const found = familyInputs(project, contextOf(project));
    expect(found.gaps).toEqual([]);
    expect(found.inputs).toContainEqual({ fileset: "{workspaceRoot}/data/*.json", includeIgnored: true });
    expect(JSON.stringify(found.inputs)).not.toContain("data/x.json");
    expect(found.inputs).toContainEqual({ env: "RELEASE" });
    const probe = encodeProbe({
      argv: ["make", "--version"],
      folder: "images/fedora",
      env: { PATH: "/opt" },
    });
    expect(found.inputs).toContainEqual({
      runtime: `node "node_modules/@imagegate/nx/bin/tool-version.js" ${probe}`,
    });
  });

  test.each([
    ["the configuration", "osbuild", undefined],
    ["the plugin's options", "builtin", "osbuild"],
  ] as const)("hold osbuild's version when %s asks for its ids", (_who, configured, option) => {
    const project = projectWith({ generator: FILES, ids: configured, osbuild: { executable: "osb" } });
    const probe = encodeProbe({ argv: ["osb", "--version"], folder: ".", env: {} });
    expect(JSON.stringify(familyInputs(project, contextOf(project, option)).inputs)).toContain(probe);
  });

  test("hold no osbuild where the options turn its ids off", () => {
    const project = projectWith({ generator: FILES, ids: "osbuild" });
    expect(JSON.stringify(familyInputs(project, contextOf(project, "none")).inputs)).not.toContain(
      "tool-version",
    );
  });

  test("a command without inputs is not cached, and every change selects it", () => {
    const project = projectWith({ generator: COMMAND });
    const { inputs, gaps } = familyInputs(project, contextOf(project));
    expect(gaps).toEqual(["a command without inputs"]);
    expect(inputs).toContainEqual({ fileset: "{workspaceRoot}/**/*" });
  });

  test("follow manifests out of the folder, but not out of the workspace", () => {
    const near = projectWith({
      generator: { kind: "files", include: ["../shared/*.json", "!../shared/a.json"] },
    });
    const found = familyInputs(near, contextOf(near));
    expect(found).toMatchObject({ gaps: [] });
    expect(found.inputs).toContainEqual({
      fileset: "{workspaceRoot}/images/shared/*.json",
      includeIgnored: true,
    });
    const far = projectWith({ generator: { kind: "files", include: ["../../../elsewhere/*.json"] } });
    expect(familyInputs(far, contextOf(far)).gaps).toEqual(["manifests outside the workspace"]);
  });

  test("of a module are its packages, Node's version and how Node reads its files", () => {
    const root = folderWith({
      "package.json": { type: "module" },
      "package-lock.json": {},
      "node_modules/one/package.json": { name: "one", dependencies: { two: "1" } },
      "node_modules/two/package.json": { name: "two" },
    });
    const project = projectWith({ generator: { ...MODULE, packages: ["one"] } }, root);
    const { inputs } = familyInputs(project, contextOf(project));
    expect(inputs).toContainEqual({ externalDependencies: ["one", "two"] });
    expect(inputs).toContainEqual({ runtime: "node --version" });
    expect(inputs).toContainEqual({ fileset: "{workspaceRoot}/package.json", includeIgnored: true });
    for (const env of ["TZ", "LANG", "LC_ALL"]) expect(inputs).toContainEqual({ env });
  });
});

test("records that stand elsewhere need no exclusion", () => {
  expect(recordExclusions(projectWith({ generator: FILES }))).toEqual([]);
});

test("recordInputs are the records, ignored ones too", () => {
  const project = projectWith({ generator: FILES });
  expect(recordInputs(project)).toEqual([
    { fileset: "{workspaceRoot}/checksums/fedora/**/*", includeIgnored: true },
  ]);
});
