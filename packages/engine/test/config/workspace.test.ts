import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  discoverProjects,
  findWorkspaceRoot,
  loadProject,
  selectProjects,
} from "../../src/config/workspace.ts";
import { failureOf, makeWorkspace, orThrow } from "../workspace.ts";

const CONFIG = { generator: { kind: "files", include: ["*.json"] } };

describe("findWorkspaceRoot", () => {
  it("prefers the nearest nx.json to a .git, and that to nothing", () => {
    const { root, write } = makeWorkspace();
    write("deep/er/file", "");
    const from = join(root, "deep/er");
    expect(findWorkspaceRoot(from)).toBe(from);
    mkdirSync(join(root, "deep/.git"));
    expect(findWorkspaceRoot(from)).toBe(join(root, "deep"));
    write("nx.json", {});
    expect(findWorkspaceRoot(from)).toBe(root);
  });
});

describe("loadProject", () => {
  it("tells a missing configuration from one that cannot be read", async () => {
    const { root, write } = makeWorkspace();
    expect(failureOf(await loadProject(root, "imagegate.json"))).toEqual({
      reason: "config-missing",
      path: "imagegate.json",
    });
    mkdirSync(join(root, "imagegate.json"));
    expect(failureOf(await loadProject(root, "imagegate.json"))).toMatchObject({
      reason: "config-unreadable",
      cause: { reason: "not-a-file" },
    });
    write("large/imagegate.json", " ".repeat(1024 * 1024 + 1));
    expect(failureOf(await loadProject(root, "large/imagegate.json"))).toMatchObject({
      reason: "config-unreadable",
      cause: { reason: "too-large", limitBytes: 1024 * 1024 },
    });
  });
});

describe("discoverProjects", () => {
  it("finds every family, sorted, and looks into no folder of others", async () => {
    const { root, write } = makeWorkspace();
    for (const folder of ["z", "a/deep", "a", "node_modules/x", "dist/x", "a/node_modules/x", ".hidden"]) {
      write(`${folder}/imagegate.json`, CONFIG);
    }
    const projects = orThrow(await discoverProjects(root));
    expect(projects.map(({ family, folder }) => [family, folder])).toEqual([
      ["a", "a"],
      ["deep", "a/deep"],
      ["z", "z"],
    ]);
    expect(projects.every((project) => project.root === root)).toBe(true);
  });

  it("fails without any", async () => {
    const { root } = makeWorkspace();
    expect(failureOf(await discoverProjects(root))).toEqual([{ reason: "config-none-found", root }]);
  });

  it("names every configuration that is wrong, and every clash of the others", async () => {
    const { root, write } = makeWorkspace();
    write("one/imagegate.json", "");
    write("two/imagegate.json", { ...CONFIG, ids: 1 });
    write("a/same/imagegate.json", CONFIG);
    write("b/same/imagegate.json", CONFIG);
    expect(failureOf(await discoverProjects(root))).toMatchObject([
      { reason: "config-unreadable", path: "one/imagegate.json" },
      { reason: "config-invalid", path: "two/imagegate.json" },
      { reason: "family-twice", family: "same", paths: ["a/same/imagegate.json", "b/same/imagegate.json"] },
    ]);
  });
});

describe("selectProjects", () => {
  it("keeps the order of the workspace, takes all without names, and refuses a name that is unknown", async () => {
    const { root, write } = makeWorkspace();
    for (const family of ["a", "b", "c"]) write(`${family}/imagegate.json`, CONFIG);
    const projects = orThrow(await discoverProjects(root));
    const select = (...names: string[]) => selectProjects(projects, names);
    expect(orThrow(select()).map(({ family }) => family)).toEqual(["a", "b", "c"]);
    expect(orThrow(select("c", "a")).map(({ family }) => family)).toEqual(["a", "c"]);
    expect(failureOf(select("a", "d"))).toEqual({
      reason: "family-unknown",
      family: "d",
      known: ["a", "b", "c"],
    });
  });
});
