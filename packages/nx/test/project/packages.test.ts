import { mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageClosure } from "@imagegate/engine/project";
import { describe, expect, test } from "vitest";
import { packageInputs, type PackageInputs } from "../../src/project/packages.ts";
import { folderWith } from "../temporary.ts";

function inputsOf(root: string, ...packages: string[]): PackageInputs {
  const folder = join(root, "family");
  return packageInputs(root, folder, packageClosure(root, folder, packages));
}

function link(root: string, name: string, target: string): void {
  const at = join(root, "node_modules", name);
  mkdirSync(dirname(at), { recursive: true });
  symlinkSync(target, at);
}

describe("packageInputs", () => {
  test("names installed packages, but not their binaries for one platform", () => {
    const root = folderWith({
      "package-lock.json": {},
      "node_modules/one/package.json": { name: "one", optionalDependencies: { "one-linux": "1" } },
      "node_modules/one-linux/package.json": { name: "one-linux", os: ["linux"] },
    });
    expect(inputsOf(root, "one")).toEqual({ inputs: [{ externalDependencies: ["one"] }], gaps: [] });
  });

  test("takes the sources and the build of a package of the workspace, and what it depends on", () => {
    const root = folderWith({
      "package-lock.json": {},
      "libs/parts/package.json": { name: "parts", dependencies: { one: "1" } },
      "node_modules/one/package.json": { name: "one" },
    });
    link(root, "parts", join(root, "libs/parts"));
    expect(inputsOf(root, "parts")).toEqual({
      inputs: [
        { fileset: "{workspaceRoot}/libs/parts/**/*", includeIgnored: true },
        { fileset: "!{workspaceRoot}/libs/parts/**/node_modules/**", includeIgnored: true },
        { fileset: "!{workspaceRoot}/libs/parts/**/*.tsbuildinfo", includeIgnored: true },
        { externalDependencies: ["one"] },
      ],
      gaps: [],
    });
  });

  test("takes the whole lock file where a package is installed below the root: Nx has no certain name for it", () => {
    const root = folderWith({
      "pnpm-lock.yaml": "",
      "node_modules/one/package.json": { name: "one" },
      "family/node_modules/one/package.json": { name: "one", version: "2.0.0" },
    });
    expect(inputsOf(root, "one").inputs).toContainEqual({ fileset: "{workspaceRoot}/pnpm-lock.yaml" });
  });

  test("without a lock file nothing says which code it was", () => {
    const root = folderWith({ "node_modules/one/package.json": { name: "one" } });
    expect(inputsOf(root, "one")).toEqual({ inputs: [], gaps: ["the workspace has no lock file"] });
  });

  test("nor does it for a package that is linked from outside", () => {
    const root = folderWith({ "package-lock.json": {} });
    link(root, "one", folderWith({ "package.json": { name: "one" } }));
    expect(inputsOf(root, "one").gaps).toEqual(["one is linked from outside the workspace"]);
  });
});
