import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { digestScripts } from "../../src/config/code-digest.ts";
import { temporaryFolder } from "../workspace.ts";

function folder(): string {
  const root = temporaryFolder();
  mkdirSync(join(root, "chunks"));
  writeFileSync(join(root, "index.js"), "1;");
  writeFileSync(join(root, "chunks/a.js"), "2;");
  return root;
}

test("the same scripts have one digest, wherever they are, and nothing else belongs to it", () => {
  const other = folder();
  writeFileSync(join(other, "index.d.ts"), "");
  writeFileSync(join(other, "main.cjs"), "");
  writeFileSync(join(other, "main.js.cache"), "");
  expect(digestScripts(other, "js")).toBe(digestScripts(folder(), "js"));
  expect(digestScripts(other, "cjs")).not.toBe(digestScripts(folder(), "cjs"));
});

test.each<[string, (root: string) => void]>([
  ["a byte of a script", (root) => writeFileSync(join(root, "index.js"), "3;")],
  ["a byte of a script in a folder", (root) => writeFileSync(join(root, "chunks/a.js"), "3;")],
  ["a script more", (root) => writeFileSync(join(root, "chunks/b.js"), "")],
  ["a script's name", (root) => renameSync(join(root, "chunks/a.js"), join(root, "chunks/b.js"))],
])("%s makes another one", (_, change) => {
  const changed = folder();
  change(changed);
  expect(digestScripts(changed, "js")).not.toBe(digestScripts(folder(), "js"));
});
