import { appendFileSync, cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorkspace, REPOSITORY, temporaryFolder, type Workspace } from "./workspace.ts";

const SETUP_MS = 120_000;
const TEST_MS = 60_000;
const PARTS = [
  "nx.json",
  "package.json",
  "package-lock.json",
  ".gitignore",
  "manifests",
  "packages",
  "node_modules",
];

let folder: string;
let workspace: Workspace;

/** A copy, for the plugin of this repository is the one that is edited. */
beforeAll(async () => {
  folder = temporaryFolder();
  const root = join(folder, "copy");
  mkdirSync(root);
  for (const part of PARTS) {
    cpSync(join(REPOSITORY, part), join(root, part), { recursive: true, verbatimSymlinks: true });
  }
  workspace = openWorkspace(root);
  await workspace.run(["git", "init", "--quiet"]);
  await workspace.commit("a copy");
}, SETUP_MS);

afterAll(() => {
  workspace.remove();
  rmSync(folder, { recursive: true, force: true });
}, TEST_MS);

async function generate(): Promise<boolean | undefined> {
  const result = await workspace.nx("run", "fedora:generate");
  expect(result.code, result.output).toBe(0);
  return result.tasks["fedora:generate"]?.ran;
}

const EDITED: readonly (readonly [what: string, path: string])[] = [
  ["a definition", "manifests/fedora/images.ts"],
  ["the authoring library", "packages/images/src/image.ts"],
  ["what was built of the authoring library", "packages/images/dist/index.js"],
  ["the plugin", "packages/nx/src/project/inputs.ts"],
  ["the engine that it runs", "packages/engine/dist/index.js"],
];

test("a second generate replays", { timeout: TEST_MS }, async () => {
  expect(await generate()).toBe(true);
  expect(await generate()).toBe(false);
});

test.each(EDITED)("editing %s misses", { timeout: TEST_MS }, async (_what, path) => {
  expect(await generate()).toBe(false);
  appendFileSync(join(workspace.root, path), "// edited\n");
  expect(await generate()).toBe(true);
});

test("editing a test of the plugin hits", { timeout: TEST_MS }, async () => {
  appendFileSync(join(workspace.root, "packages/nx/test/index.test.ts"), "// edited\n");
  expect(await generate()).toBe(false);
});
