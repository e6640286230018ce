import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { generate, loadProject } from "@imagegate/engine";
import { openSession } from "@imagegate/engine/session";
import { logger, readJson, type Tree } from "@nx/devkit";
import { beforeEach, describe, expect, test, vi } from "vitest";
import familyGenerator from "../../src/generators/family.ts";
import { folderWith } from "../temporary.ts";
import { emptyTree } from "./tree.ts";

const PACKAGES = fileURLToPath(new URL("../../..", import.meta.url));

/** Writes what a generator made to a folder where the authoring library is installed. */
function folderFrom(tree: Tree): string {
  const root = folderWith({ "package-lock.json": {} });
  for (const { path, content } of tree.listChanges()) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (content !== null) writeFileSync(join(root, path), content);
  }
  for (const name of ["core", "images"]) {
    for (const part of ["package.json", "dist"]) {
      const installed = join(root, "node_modules/@imagegate", name, part);
      cpSync(join(PACKAGES, name, part), installed, { recursive: true });
    }
  }
  return root;
}

beforeEach(() => {
  vi.spyOn(logger, "info").mockImplementation(() => {});
});

describe("family", () => {
  test.each([
    ["module", ["alpine-x86_64-shell-empty"]],
    ["command", ["alpine-aarch64-tree-empty", "alpine-x86_64-tree-empty"]],
    ["files", ["alpine-x86_64-tree-empty"]],
  ] as const)("a %s family generates at once", async (template, names) => {
    const tree = emptyTree();
    await familyGenerator(tree, { name: "alpine", template, skipFormat: true });
    const root = folderFrom(tree);
    const project = await loadProject(root, "manifests/alpine/imagegate.json");
    if (!project.ok) throw new Error(JSON.stringify(project.failure));
    expect(project.value.family).toBe("alpine");
    const session = openSession({ concurrency: 1, storeRoot: join(root, ".store") });
    const report = await generate(project.value, session);
    await session.close();
    expect(report).toMatchObject({ ok: true, value: { added: names } });
  });

  test("an image-builder family owns the checksum files that are there, at the root", async () => {
    const tree = emptyTree();
    await familyGenerator(tree, { name: "image-builder", template: "image-builder", skipFormat: true });
    const project = await loadProject(folderFrom(tree), "imagegate.json");
    if (!project.ok) throw new Error(JSON.stringify(project.failure));
    expect(project.value).toMatchObject({
      family: "image-builder",
      folder: ".",
      recordsFolder: "test/data/manifest-checksums",
      outputFolder: "build/manifests",
      config: { records: { form: "digest", algorithm: "sha256", of: "compact-line", extension: "" } },
    });
  });

  test("points to the schema, wherever the family stands", async () => {
    const tree = emptyTree();
    await familyGenerator(tree, { name: "alpine", template: "files", directory: "a/b/c/", skipFormat: true });
    expect(readJson(tree, "a/b/c/imagegate.json")).toMatchObject({
      $schema: "../../../node_modules/@imagegate/engine/schema/imagegate.schema.json",
      family: "alpine",
    });
  });

  test("a module family gets the authoring library, and one that is installed stays", async () => {
    const tree = emptyTree();
    await familyGenerator(tree, { name: "one", skipFormat: true });
    expect(readJson(tree, "package.json")).toMatchObject({
      devDependencies: { "@imagegate/images": "^0.1.0" },
    });
    tree.write(
      "package.json",
      JSON.stringify({ devDependencies: { "@imagegate/images": "file:images.tgz" } }),
    );
    await familyGenerator(tree, { name: "two", skipFormat: true });
    expect(readJson(tree, "package.json")).toMatchObject({
      devDependencies: { "@imagegate/images": "file:images.tgz" },
    });
  });

  test.each(["manifests/alpine/imagegate.json", "manifests/alpine/generate.mjs"])(
    "overwrites no %s",
    async (path) => {
      const tree = emptyTree();
      tree.write(path, "mine");
      await expect(familyGenerator(tree, { name: "alpine", template: "command" })).rejects.toThrow("already");
    },
  );

  test.each([
    { name: "../x" },
    { name: ".x" },
    { name: "x", directory: "../y" },
    { name: "x", kind: "files" },
  ])("refuses %j", async (options) => {
    await expect(familyGenerator(emptyTree(), options)).rejects.toThrow();
  });
});
