import { parseConfig } from "@imagegate/engine/config";
import { projectOf, type Project } from "@imagegate/engine/project";
import { describe, expect, test } from "vitest";
import { parsePluginOptions } from "../../src/plugin/options.ts";
import { pinsProject } from "../../src/project/pins.ts";
import { familyProject } from "../../src/project/targets.ts";
import { folderWith } from "../temporary.ts";

const FILES = { generator: { kind: "files", include: ["*.json"] } };
const COMMAND = { generator: { kind: "command", argv: ["make"], output: "single" }, inputs: {} };
const OPTIONS = parsePluginOptions({});

function projectWith(config: unknown): Project {
  const parsed = parseConfig(JSON.stringify(config), "manifests/fedora/imagegate.json");
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  return projectOf(folderWith({}), "manifests/fedora/imagegate.json", parsed.value);
}

function familyWith(config: unknown, pinsFiles: readonly string[] = [], options = OPTIONS) {
  const context = {
    root: "/",
    pluginFolder: "p",
    ownCode: { inputs: [], gaps: [] },
    ids: undefined,
    pinsFiles,
  };
  return familyProject(projectWith(config), options, context);
}

describe("verify-pins of a family", () => {
  test("is not there unless the family asks for it or has a pins file", () => {
    expect(Object.keys(familyWith(COMMAND).targets ?? {})).toEqual(["generate", "check"]);
  });

  test("verifies what generate made, is never cached, and leaves a report", () => {
    const { tags, targets = {} } = familyWith({ ...COMMAND, pins: {} });
    expect(targets["verify-pins"]).toMatchObject({
      executor: "@imagegate/nx:verify-pins",
      cache: false,
      dependsOn: ["generate"],
      inputs: ["imagegate"],
      outputs: ["{workspaceRoot}/dist/pins/manifests/fedora.json"],
      options: { files: [], families: ["fedora"], report: "dist/pins/manifests/fedora.json" },
    });
    expect(tags).toEqual(["imagegate", "imagegate-generated-pins"]);
  });

  test("verifies manifests that exist where they are, without a run of generate", () => {
    const { tags, targets = {} } = familyWith({ ...FILES, pins: {} });
    expect(targets["verify-pins"]).not.toHaveProperty("dependsOn");
    expect(tags).toEqual(["imagegate"]);
  });

  test("verifies the pins files in its folder, which need no manifests", () => {
    const { targets = {} } = familyWith(COMMAND, ["manifests/fedora/a.pins.json"]);
    expect(targets["verify-pins"]).not.toHaveProperty("dependsOn");
    expect(targets["verify-pins"]).toMatchObject({
      options: { files: ["manifests/fedora/a.pins.json"], families: [] },
    });
  });

  test("is called as the options say, and so is what it depends on", () => {
    const options = parsePluginOptions({ generateTargetName: "build", verifyPinsTargetName: "drift" });
    const { targets = {} } = familyWith({ ...COMMAND, pins: {} }, [], options);
    expect(targets["drift"]).toMatchObject({ dependsOn: ["build"], cache: false });
    expect(targets["drift"]?.metadata?.help?.command).toBe("npx nx run fedora:drift --help");
  });
});

const disk = (path: string) => ({ fileset: `{workspaceRoot}/${path}`, includeIgnored: true });

function targetOf(files: Readonly<Record<string, unknown>>, folder = "smoke") {
  const root = folderWith(files);
  const project = pinsProject({ root, folder, files: Object.keys(files) }, OPTIONS);
  return { ...project, target: project.targets?.["verify-pins"] };
}
describe("the project of a folder with pins files", () => {
  test("is named after it, in the workspace's root pins", () => {
    expect(targetOf({ "smoke/a.pins.json": { pins: [] } }).name).toBe("smoke/pins");
    const { name, root, target } = targetOf({ "a.pins.json": { pins: [] } }, ".");
    expect({ name, root }).toEqual({ name: "pins", root: "." });
    expect(target?.outputs).toEqual(["{workspaceRoot}/dist/pins.json"]);
  });

  test("is named after it whatever it is called, unless it is a project already", () => {
    const pins = { pins: [] };
    expect(targetOf({ "pins/a.pins.json": pins }, "pins").name).toBe("pins/pins");
    for (const project of [{}, { name: 5 }, { name: "" }, "{", []]) {
      const root = folderWith({ "smoke/project.json": project });
      expect(pinsProject({ root, folder: "smoke", files: ["smoke/a.pins.json"] }, OPTIONS).name).toBe(
        "smoke/pins",
      );
    }
    const root = folderWith({ "smoke/project.json": { name: "boots" } });
    const project = pinsProject({ root, folder: "smoke", files: ["smoke/a.pins.json"] }, OPTIONS);
    expect(project.name).toBe("boots");
    const { metadata, options } = project.targets?.["verify-pins"] ?? {};
    expect(metadata?.help?.command).toBe("npx nx run boots:verify-pins --help");
    expect(options).toMatchObject({ report: "dist/pins/smoke.json" });
  });

  test("has as inputs its pins files and what their sources read", () => {
    const sources = [
      { kind: "osbuild", include: ["out/*.json"] },
      { kind: "documents", include: ["t/*.yaml"], exclude: ["t/x.yaml"], pattern: {} },
    ];
    expect(targetOf({ "smoke/a.pins.json": { pins: [], sources } }).target).toMatchObject({
      cache: false,
      inputs: [disk("smoke/a.pins.json"), disk("smoke/out/*.json"), disk("smoke/t/*.yaml")],
      options: { files: ["smoke/a.pins.json"], report: "dist/pins/smoke.json" },
    });
  });

  test.each([
    ["a program", { sources: [{ kind: "program", argv: ["make"] }] }],
    ["a source that nobody knows", { sources: [{ kind: "feed", include: ["x"] }] }],
    ["no sources but something", { sources: {} }],
    ["no text among what it includes", { sources: [{ kind: "osbuild", include: ["x", 1] }] }],
    ["no JSON", "{"],
  ])("has its whole folder as input with %s", (_, content) => {
    const { target } = targetOf({ "smoke/a.pins.json": content });
    expect(target?.inputs).toEqual([disk("smoke/a.pins.json"), disk("smoke/**/*")]);
  });

  test("has the files that git tracks as inputs when that folder is the workspace", () => {
    const { target } = targetOf({ "a.pins.json": "{" }, ".");
    expect(target?.inputs).toEqual([disk("a.pins.json"), { fileset: "{workspaceRoot}/**/*" }]);
  });
});
