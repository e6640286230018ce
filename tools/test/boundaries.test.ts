import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const repository = fileURLToPath(new URL("../..", import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "imagegate-lint-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The rules that the linter reports for files which stand in a repository of this one's configuration. */
function lint(files: Readonly<Record<string, string>>): readonly string[] {
  const root = mkdtempSync(join(folder, "repository-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const oxlint = join(repository, "node_modules", ".bin", "oxlint");
  const { stdout } = spawnSync(oxlint, ["--config", join(root, ".oxlintrc.json"), "--format", "json", "."], {
    cwd: root,
    encoding: "utf8",
  });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string }[] };
  return diagnostics.map(({ code }) => code);
}

const configuration = { ".oxlintrc.json": readFileSync(join(repository, ".oxlintrc.json"), "utf8") };

describe("the linter refuses", () => {
  it.each([
    ["a file in a pure package", "core", 'import { readFileSync } from "node:fs";\nreadFileSync("x");\n'],
    ["the network in a pure package", "images", 'import { get } from "node:https";\nget("x");\n'],
    ["a child process outside host", "engine", 'import { spawn } from "node:child_process";\nspawn("x");\n'],
    ["execa outside host", "cli", 'import { execa } from "execa";\nawait execa("x");\n'],
    [
      "a child process in host, outside its process room",
      "host",
      'import { spawn } from "node:child_process";\nspawn("x");\n',
    ],
    [
      "an import of engine in core",
      "core",
      'import type { Session } from "@imagegate/engine/session";\nexport type S = Session;\n',
    ],
    ["an import of engine in images", "images", 'import { check } from "@imagegate/engine";\ncheck();\n'],
    ["an import of nx in engine", "engine", 'import { createNodes } from "@imagegate/nx";\ncreateNodes();\n'],
    ["an import of engine in forge", "forge", 'import { check } from "@imagegate/engine";\ncheck();\n'],
    [
      "an import of forge in engine",
      "engine",
      'import { upsertComment } from "@imagegate/forge";\nupsertComment();\n',
    ],
    ["a child process in forge", "forge", 'import { spawn } from "node:child_process";\nspawn("x");\n'],
    ["an import of engine in pins", "pins", 'import { check } from "@imagegate/engine";\ncheck();\n'],
    [
      "an import of pins in forge",
      "forge",
      'import type { Pin } from "@imagegate/pins";\nexport type P = Pin;\n',
    ],
    ["a child process in pins", "pins", 'import { spawn } from "node:child_process";\nspawn("x");\n'],
    [
      "an import of the command line in host",
      "host",
      'import { describeFailure } from "imagegate";\ndescribeFailure();\n',
    ],
  ])("%s", (_, name, text) => {
    expect(lint({ ...configuration, [`packages/${name}/src/room/file.ts`]: text })).toEqual([
      "eslint(no-restricted-imports)",
    ]);
  });

  it.each([
    ["the clock", "export const now = Date.now();\n", "eslint(no-restricted-globals)"],
    ["the environment", "export const home = process.env;\n", "eslint(no-restricted-globals)"],
    ["chance", "export const die = Math.random();\n", "eslint(no-restricted-properties)"],
  ])("%s in a pure package", (_, text, rule) => {
    expect(lint({ ...configuration, "packages/core/src/room/file.ts": text })).toEqual([rule]);
    expect(lint({ ...configuration, "packages/engine/src/room/file.ts": text })).toEqual([]);
  });

  it("a cycle of type imports", () => {
    const codes = lint({
      ...configuration,
      "packages/core/src/a.ts": 'import type { B } from "./b.ts";\nexport interface A {\n  b: B;\n}\n',
      "packages/core/src/b.ts": 'import type { A } from "./a.ts";\nexport interface B {\n  a: A;\n}\n',
    });
    expect(new Set(codes)).toEqual(new Set(["import(no-cycle)"]));
  });

  it("nothing in files that keep to the borders", () => {
    const text = 'import { sha256 } from "@imagegate/core";\nexport const digest = sha256("x");\n';
    expect(lint({ ...configuration, "packages/engine/src/room/file.ts": text })).toEqual([]);
  });
});
