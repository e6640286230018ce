import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { offerFiles } from "../../src/generators/files.ts";
import { checkNames } from "../../src/generators/manifest-set.ts";
import { failureOf, makeWorkspace, orThrow } from "../workspace.ts";

/** The names and files, relative to the family's folder, that patterns find among files. */
async function find(include: readonly [string, ...string[]], files: readonly string[]) {
  const workspace = makeWorkspace();
  const project = await workspace.family({ generator: { kind: "files", include } });
  for (const file of files) workspace.write(`images/demo/${file}`, {});
  const set = await offerFiles(project, { kind: "files", include: [...include] });
  const folder = `${workspace.root}/images/demo/`;
  return set.ok
    ? {
        ...set,
        value: set.value.manifests
          .map(({ name, source }) => [name, "path" in source ? source.path.replace(folder, "") : ""])
          .sort(),
      }
    : set;
}

describe("offerFiles", () => {
  it("finds what its patterns match, once, and never the configuration", async () => {
    const found = await find(["*.json", "**/*.json"], ["a.json", "deep/b.json", "c.txt"]);
    expect(orThrow(found)).toEqual([
      ["a", "a.json"],
      ["b", "deep/b.json"],
    ]);
  });

  it("names a file without the extension .json by its whole name", async () => {
    expect(orThrow(await find(["plans/*"], ["plans/a.plan", "plans/b"]))).toEqual([
      ["a.plan", "plans/a.plan"],
      ["b", "plans/b"],
    ]);
  });

  it("finds files outside its folder", async () => {
    const found = orThrow(await find(["../x/*.json"], ["../x/a.json"]));
    expect(found).toEqual([["a", expect.stringMatching(/\/images\/x\/a\.json$/)]]);
  });

  it("fails for the pattern that matches nothing, even beside one that does", async () => {
    expect(failureOf(await find(["*.json", "missing/*.json"], ["a.json"]))).toEqual({
      reason: "no-match",
      include: ["missing/*.json"],
    });
    expect(failureOf(await find(["imagegate.json"], []))).toEqual({
      reason: "no-match",
      include: ["imagegate.json"],
    });
  });

  it("takes a folder for no file", async () => {
    const workspace = makeWorkspace();
    const generator = { kind: "files" as const, include: ["*.json"] };
    const project = await workspace.family({ generator });
    mkdirSync(join(workspace.root, "images/demo/a.json"));
    expect(failureOf(await offerFiles(project, generator))).toEqual({
      reason: "no-match",
      include: ["*.json"],
    });
  });
});

function offer(...names: string[]) {
  return checkNames(names.map((name) => ({ name, source: { kind: "file", path: name } })));
}

describe("checkNames", () => {
  it("sorts by code unit, whatever the locale", () => {
    const sorted = orThrow(offer("b", "a", "_", "B1", "10", "9"));
    expect(sorted.map(({ name }) => name)).toEqual(["10", "9", "B1", "_", "a", "b"]);
  });

  it("refuses none, bad names and equal ones", () => {
    expect(failureOf(offer())).toEqual({ reason: "generator-empty" });
    for (const name of ["", ".a", "a/b", "../a", "a\nb", "ä", "a b"]) {
      expect(failureOf(offer("good", name))).toEqual({ reason: "name-invalid", name });
    }
    expect(failureOf(offer("a", "b", "A"))).toEqual({ reason: "name-collision", names: ["a", "A"] });
  });
});
