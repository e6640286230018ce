import { parseConfig } from "@imagegate/engine/config";
import { projectOf, type Project } from "@imagegate/engine/project";
import { describe, expect, test } from "vitest";
import { parsePluginOptions } from "../../src/plugin/options.ts";
import { familyProject, recordsProject, type FamilyContext } from "../../src/project/targets.ts";
import { folderWith } from "../temporary.ts";

function projectWith(config: unknown): Project {
  const parsed = parseConfig(JSON.stringify(config), "manifests/fedora/imagegate.json");
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  return projectOf(folderWith({}), "manifests/fedora/imagegate.json", parsed.value);
}

const CONTEXT: FamilyContext = {
  root: "/",
  pluginFolder: "p",
  ownCode: { inputs: [], gaps: [] },
  ids: undefined,
  pinsFiles: [],
};
const FILES = { generator: { kind: "files", include: ["*.json"] } };

describe("familyProject", () => {
  test("generate has the output and the records as outputs, check has none and reads the records", () => {
    const { targets = {} } = familyProject(projectWith(FILES), parsePluginOptions({}), CONTEXT);
    expect(targets["generate"]).toMatchObject({
      executor: "@imagegate/nx:generate",
      cache: true,
      inputs: ["imagegate"],
      outputs: ["{workspaceRoot}/dist/manifests/fedora", "{workspaceRoot}/checksums/fedora"],
      options: {},
    });
    expect(targets["check"]).toMatchObject({
      executor: "@imagegate/nx:check",
      cache: true,
      inputs: ["imagegate", { fileset: "{workspaceRoot}/checksums/fedora/**/*", includeIgnored: true }],
    });
    expect(targets["check"]).not.toHaveProperty("outputs");
    expect(targets["check"]).not.toHaveProperty("dependsOn");
  });

  test("hands ids and concurrency to the tasks", () => {
    const options = parsePluginOptions({ ids: "none", concurrency: 2 });
    const { targets = {} } = familyProject(projectWith(FILES), options, CONTEXT);
    expect(targets["check"]?.options).toEqual({ ids: "none", concurrency: 2 });
  });

  test("says why a target is never cached", () => {
    const config = { generator: { kind: "command", argv: ["make"], output: "single" } };
    const { targets = {} } = familyProject(projectWith(config), parsePluginOptions({}), CONTEXT);
    for (const target of Object.values(targets)) {
      expect(target.cache).toBe(false);
      expect(target.metadata?.description).toContain("Never cached: a command without inputs.");
    }
  });

  test("a split gives a check for each shard and one for their sum, and leaves generate whole", () => {
    const split = { pattern: "^([^-]+)-", shards: ["centos_9", "fedora_43"] };
    const options = parsePluginOptions({ checkTargetName: "gate", ids: "none" });
    const { targets = {} } = familyProject(projectWith({ ...FILES, split }), options, CONTEXT);
    expect(Object.keys(targets)).toEqual([
      "generate",
      "gate",
      "gate-shards--centos_9",
      "gate-shards--fedora_43",
      "gate-shards",
    ]);
    expect(targets["gate-shards--centos_9"]).toMatchObject({
      executor: "@imagegate/nx:check",
      cache: true,
      inputs: targets["gate"]?.inputs,
      options: { ids: "none", shard: "centos_9" },
    });
    expect(targets["gate-shards--centos_9"]).not.toHaveProperty("outputs");
    expect(targets["gate-shards"]).toMatchObject({
      executor: "nx:noop",
      dependsOn: [{ target: "gate-shards--centos_9" }, { target: "gate-shards--fedora_43" }],
    });
  });

  test("describes itself", () => {
    const { metadata, targets = {} } = familyProject(projectWith(FILES), parsePluginOptions({}), CONTEXT);
    expect(metadata).toMatchObject({ technologies: ["imagegate", "osbuild"] });
    expect(targets["generate"]?.metadata?.help?.command).toBe("npx nx run fedora:generate --help");
  });
});

test("recordsProject reads all records and all configurations", () => {
  const { root, targets = {} } = recordsProject(parsePluginOptions({ checkTargetName: "gate" }), CONTEXT);
  expect(root).toBe("checksums");
  expect(targets["gate"]).toMatchObject({
    executor: "@imagegate/nx:check",
    cache: true,
    inputs: [
      { fileset: "{workspaceRoot}/checksums/**/*", includeIgnored: true },
      { fileset: "{workspaceRoot}/**/imagegate.json" },
    ],
  });
});
