import { symlinkSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AggregateCreateNodesError, type CreateNodesResult } from "@nx/devkit";
import { describe, expect, test } from "vitest";
import { createNodes } from "../../src/plugin/nodes.ts";
import { folderWith } from "../temporary.ts";

const REPOSITORY = fileURLToPath(new URL("../../../..", import.meta.url));
const FILES = { generator: { kind: "files", include: ["*.json"] } };

async function projectsOf(
  root: string,
  files: readonly string[],
  options?: unknown,
): Promise<CreateNodesResult[]> {
  const results = await createNodes[1](files, options, { workspaceRoot: root, nxJsonConfiguration: {} });
  return results.map(([, result]) => result);
}

describe("createNodes", () => {
  test("asks for configurations, and for a file that no change ever deletes", () => {
    expect(createNodes[0]).toBe("{**/imagegate.json,**/*.pins.json,nx.json}");
  });

  test("gives one project a family, named after its folder, and one for the records", async () => {
    const root = folderWith({ "nx.json": {}, "images/fedora/imagegate.json": FILES });
    const [family, records] = await projectsOf(root, ["images/fedora/imagegate.json", "nx.json"]);
    expect(Object.keys(family?.projects ?? {})).toEqual(["images/fedora"]);
    expect(family?.projects?.["images/fedora"]).toMatchObject({ name: "fedora", tags: ["imagegate"] });
    expect(records?.projects?.["checksums"]).toMatchObject({ name: "checksums", tags: ["imagegate"] });
  });

  test("names the targets as the options say", async () => {
    const root = folderWith({ "a/imagegate.json": { ...FILES, family: "b" } });
    const options = { generateTargetName: "build", checkTargetName: "gate" };
    const [family, records] = await projectsOf(root, ["a/imagegate.json", "nx.json"], options);
    expect(Object.keys(family?.projects?.["a"]?.targets ?? {})).toEqual(["build", "gate"]);
    expect(Object.keys(records?.projects?.["checksums"]?.targets ?? {})).toEqual(["gate"]);
  });

  test("guards the records when no family is left", async () => {
    const root = folderWith({ "checksums/gone/a.sum": "" });
    expect(await projectsOf(root, ["nx.json"])).toHaveLength(1);
  });

  test("gives a folder with pins files one project, and a family's folder a target of the family", async () => {
    const pins = { pins: [] };
    const root = folderWith({
      "b.pins.json": pins,
      "a.pins.json": pins,
      "smoke/x.pins.json": pins,
      "fedora/imagegate.json": FILES,
      "fedora/y.pins.json": pins,
    });
    const files = [
      "b.pins.json",
      "a.pins.json",
      "smoke/x.pins.json",
      "fedora/imagegate.json",
      "fedora/y.pins.json",
    ];
    const results = await projectsOf(root, files);
    const projects = Object.assign({}, ...results.map((result) => result.projects));
    expect(Object.keys(projects)).toEqual(["fedora", ".", "smoke"]);
    expect(projects["."]).toMatchObject({
      name: "pins",
      targets: { "verify-pins": { options: { files: ["a.pins.json", "b.pins.json"] } } },
    });
    expect(projects["smoke"]).toMatchObject({ name: "smoke/pins" });
    expect(projects["fedora"].targets["verify-pins"].options.files).toEqual(["fedora/y.pins.json"]);
  });

  test.each(["node_modules/x", "a/dist/b", ".hidden/c"])("passes over pins files in %s", async (folder) => {
    const root = folderWith({ [`${folder}/a.pins.json`]: { pins: [] } });
    expect(await projectsOf(root, [`${folder}/a.pins.json`])).toEqual([]);
  });

  test("adds nothing to a workspace without families and records", async () => {
    expect(await projectsOf(folderWith({}), ["nx.json"])).toEqual([]);
  });

  test.each(["node_modules/x", "a/dist/b", ".hidden/c"])("passes over %s", async (folder) => {
    const root = folderWith({ [`${folder}/imagegate.json`]: FILES });
    expect(await projectsOf(root, [`${folder}/imagegate.json`])).toEqual([]);
  });

  test("a broken configuration is an error that names the file, and the others still count", async () => {
    const root = folderWith({
      "a/imagegate.json": FILES,
      "b/imagegate.json": "{",
      "c/imagegate.json": { a: 1 },
    });
    const files = ["a/imagegate.json", "b/imagegate.json", "c/imagegate.json"];
    const failure: unknown = await projectsOf(root, files).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AggregateCreateNodesError);
    const { errors, partialResults } = failure as AggregateCreateNodesError;
    expect(errors.map(([file]) => file)).toEqual(["b/imagegate.json", "c/imagegate.json"]);
    expect(errors.map(([, error]) => error.message).join("")).toMatch(
      /b\/imagegate\.json[^]*c\/imagegate\.json/,
    );
    expect(partialResults).toHaveLength(1);
  });

  test("an unknown option fails", async () => {
    await expect(async () => projectsOf(folderWith({}), [], { target: "x" })).rejects.toThrow("target");
  });

  test("caches nothing where its own code is not to be found", async () => {
    const root = folderWith({ "a/imagegate.json": FILES });
    const [family] = await projectsOf(root, ["a/imagegate.json"]);
    expect(family?.projects?.["a"]?.targets?.["generate"]?.cache).toBe(false);
  });

  test("the code of a plugin that the workspace holds itself is an input, sources and build", async () => {
    const [family] = await projectsOf(REPOSITORY, ["manifests/fedora/imagegate.json"]);
    const inputs = family?.projects?.["manifests/fedora"]?.namedInputs?.["imagegate"];
    for (const name of ["nx", "engine", "core", "host", "cli"]) {
      expect(inputs).toContainEqual({
        fileset: `{workspaceRoot}/packages/${name}/**/*`,
        includeIgnored: true,
      });
    }
    expect(family?.projects?.["manifests/fedora"]?.targets?.["generate"]?.cache).toBe(true);
  });

  test("a plugin that is linked from elsewhere makes nothing cacheable", async () => {
    const root = folderWith({ "a/imagegate.json": FILES, "package-lock.json": {} });
    const link = join(root, "node_modules/@imagegate/nx");
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(REPOSITORY, "packages/nx"), link);
    const [family] = await projectsOf(root, ["a/imagegate.json"]);
    const target = family?.projects?.["a"]?.targets?.["check"];
    expect(target?.cache).toBe(false);
    expect(target?.metadata?.description).toContain("@imagegate/nx is linked from outside the workspace");
  });
});
