import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generate } from "../../src/run/generate.ts";
import {
  failureOf,
  makeWorkspace,
  orThrow,
  sampleManifest,
  sharedSession,
  type ConfigText,
  type Workspace,
} from "../workspace.ts";

const FOLDER = "images/demo";
const shared = sharedSession();

/** The source code of a manifest; `tag` is an expression. */
function manifestCode(tag: string): string {
  return JSON.stringify(sampleManifest("TAG")).replace('"TAG"', tag);
}

/** The source code of a module with one lazy definition that runs `body` first. */
function imageCode(body: string, tag = '"x"'): string {
  return `export default [{ name: "a", manifest: async () => { ${body}; return ${manifestCode(tag)}; } }];\n`;
}

/** Generates a module family; `inputs` is the configuration's, all else the generator's. */
async function run(workspace: Workspace, { inputs, ...generator }: ConfigText = {}, session = shared) {
  const project = await workspace.family({
    generator: { kind: "module", entry: "./images.ts", ...generator },
    ...(inputs === undefined ? {} : { inputs }),
  });
  return generate(project, session);
}

/** Runs a module that must not get as far as a record. */
async function refuse(code: string, { workspace = makeWorkspace(), config = {}, session = shared } = {}) {
  workspace.write(`${FOLDER}/images.ts`, code);
  const failure = failureOf(await run(workspace, config, session));
  expect(existsSync(join(workspace.root, "checksums"))).toBe(false);
  return failure;
}

/** The failure of the only manifest that a module makes. */
async function refuseImage(code: string, options: Parameters<typeof refuse>[1] = {}) {
  const failure = await refuse(code, options);
  if (failure.reason !== "manifest-failed") throw new Error(`not a failed manifest: ${failure.reason}`);
  expect(failure.manifests.map(({ name }) => name)).toEqual(["a"]);
  return failure.manifests[0]?.failure;
}

/** Generates a module that must succeed, and gives its manifest's tag. */
async function tagOf(workspace: Workspace, code: string, config: ConfigText = {}, session = shared) {
  workspace.write(`${FOLDER}/images.ts`, code);
  orThrow(await run(workspace, config, session));
  const manifest = workspace.read("dist/manifests/demo/a.json");
  return JSON.parse(/"hostname": (".*")/.exec(manifest)?.[1] ?? "null") as unknown;
}

const VALUE = `{ name: "a", manifest: ${manifestCode('"x"')} }`;

describe("what a module may export", () => {
  it.each([
    [
      "a TypeScript default export",
      "images.ts",
      `const all: readonly object[] = [${VALUE}];\nexport default all;`,
    ],
    [
      "lazy definitions",
      "images.ts",
      `export default [{ name: "a", manifest: () => (${manifestCode('"x"')}) }];`,
    ],
    ["asynchronous definitions", "images.ts", imageCode("")],
    ["a named export", "images.ts", `export const images = [${VALUE}];`],
    [
      "a default export beside a named one",
      "images.ts",
      `export const images = 1;\nexport default [${VALUE}];`,
    ],
    ["an ECMAScript module", "images.mjs", `export default [${VALUE}];`],
    ["a CommonJS module", "images.cjs", `module.exports = [${VALUE}];`],
    [
      "a top-level await",
      "images.ts",
      `const image = await Promise.resolve(${VALUE});\nexport default [image];`,
    ],
    ["several files", "images.ts", `import image from "./image.ts";\nexport default [image];`],
  ])("takes %s", async (_, entry, code) => {
    const workspace = makeWorkspace();
    workspace.write(`${FOLDER}/${entry}`, code);
    workspace.write(`${FOLDER}/image.ts`, `export default ${VALUE} as const;`);
    expect(orThrow(await run(workspace, { entry: `./${entry}` })).added).toEqual(["a"]);
    expect(workspace.read("dist/manifests/demo/a.json")).toBe(
      `${JSON.stringify(sampleManifest("x"), null, 2)}\n`,
    );
  });

  it.each([
    ["export default 1;", [], "an array"],
    ["export const other = [];", [], "an array"],
    ["export default [1];", [0], "an object"],
    ["export default [{ manifest: {} }];", [0, "name"], "a string"],
    ['export default [{ name: "a", manifest: {} }, { name: "b" }];', [1, "manifest"], "a manifest"],
  ])("refuses %s", async (code, path, expected) => {
    expect(await refuse(code)).toEqual({
      reason: "module-shape",
      entry: `${FOLDER}/images.ts`,
      path,
      expected: expect.stringContaining(expected) as string,
    });
  });

  it("refuses a module without images, and names that are no file names", async () => {
    expect(await refuse("export default [];")).toEqual({ reason: "generator-empty" });
    expect(await refuse('export default [{ name: "../a", manifest: {} }];')).toEqual({
      reason: "name-invalid",
      name: "../a",
    });
    expect(await refuse('export default ["b", "a", "B"].map((name) => ({ name, manifest: {} }));')).toEqual({
      reason: "name-collision",
      names: ["b", "B"],
    });
  });

  it.each([
    ["NaN", "not-a-number"],
    ["-Infinity", "infinity"],
    ["undefined", "undefined"],
    ["new Date(0)", "class-instance"],
    ["new Map()", "class-instance"],
    ["() => 1", "function"],
    ["1n", "bigint"],
    ["[, 1]", "hole", 0],
    ['"\\ud800"', "lone-surrogate"],
    ["(() => { const self: unknown[] = []; self.push(self); return self; })()", "cycle", 0],
  ])("refuses the value %s and says where it stands", async (value, found, ...below) => {
    expect(await refuseImage(imageCode("", value))).toEqual({
      reason: "value-not-json",
      path: ["pipelines", 1, "stages", 0, "options", "hostname", ...below],
      found,
    });
  });
});

describe("what a module may read", () => {
  it("reads its own folder", async () => {
    const workspace = makeWorkspace();
    workspace.write(`${FOLDER}/data/tag.json`, { tag: "from a file" });
    const read = `import { readFileSync } from "node:fs";
      const { tag } = JSON.parse(readFileSync(new URL("data/tag.json", import.meta.url), "utf8"));
      ${imageCode("", "tag")}`;
    expect(await tagOf(workspace, read)).toBe("from a file");
    const imported = `import data from "./data/tag.json" with { type: "json" };\n${imageCode("", "data.tag")}`;
    expect(await tagOf(workspace, imported, { timeoutMs: 100_000 })).toBe("from a file");
  });

  it.each([
    ["an import", 'import { tag } from "../outside.ts";\nexport const used = tag;'],
    ["a side effect of an import", 'import "../outside.ts";'],
    ["a dynamic import", 'await import("../outside.ts");'],
    [
      "require",
      'import { createRequire } from "node:module";\ncreateRequire(import.meta.url)("../outside.cjs");',
    ],
    [
      "readFileSync",
      'import { readFileSync } from "node:fs";\nreadFileSync(new URL("../outside.ts", import.meta.url));',
    ],
    [
      "fs.readFileSync",
      'import fs from "node:fs";\nfs.readFileSync(new URL("../outside.ts", import.meta.url));',
    ],
    ["openSync", 'import * as fs from "fs";\nfs.openSync(new URL("../outside.ts", import.meta.url), "r");'],
    ["readdirSync", 'import { readdirSync } from "node:fs";\nreaddirSync(new URL("..", import.meta.url));'],
    [
      "promises",
      'import { readFile } from "node:fs/promises";\nawait readFile(new URL("../outside.ts", import.meta.url));',
    ],
    [
      "a file that is missing",
      'import { readFile } from "node:fs/promises";\nawait readFile(new URL("../outside.txt", import.meta.url)).catch(() => {});',
    ],
    [
      "a link that leads outside",
      'import { readFileSync } from "node:fs";\nreadFileSync(new URL("link.ts", import.meta.url));',
    ],
  ])("refuses %s of a file outside", async (_, code) => {
    const workspace = makeWorkspace();
    workspace.write("images/outside.ts", 'export const tag: string = "x";\n');
    workspace.write("images/outside.cjs", 'exports.tag = "x";\n');
    workspace.write(`${FOLDER}/placeholder`, "");
    const { symlinkSync } = await import("node:fs");
    symlinkSync(join(workspace.root, "images/outside.ts"), join(workspace.root, FOLDER, "link.ts"));
    expect(await refuse(`${code}\n${imageCode("")}`, { workspace })).toEqual({
      reason: "module-outside-input",
      entry: `${FOLDER}/images.ts`,
      file: expect.stringMatching(/^images(\/(outside|demo\/link)\.\w+)?$/) as string,
    });
  });

  it("refuses what a definition reads only when it is asked for its manifest, again and again", async () => {
    const workspace = makeWorkspace();
    workspace.write("images/outside.ts", 'export const tag = "x";\n');
    const code = imageCode('await import("../outside.ts")');
    const failure = {
      reason: "module-outside-input",
      entry: `${FOLDER}/images.ts`,
      file: "images/outside.ts",
    };
    expect(await refuseImage(code, { workspace })).toEqual(failure);
    expect(await refuseImage(code, { workspace })).toEqual(failure);
  });

  it("takes declared files, by name or glob", async () => {
    const workspace = makeWorkspace();
    workspace.write("shared/tag.ts", 'export const tag = "declared";\n');
    const code = `import { tag } from "../../shared/tag.ts";\n${imageCode("", "tag")}`;
    expect(await tagOf(workspace, code, { inputs: { files: ["shared/*.ts"] } })).toBe("declared");
  });

  it("does not let one family's inputs through to another on the same thread", async () => {
    const workspace = makeWorkspace();
    workspace.write("shared/tag.ts", 'export const tag = process.env["TAG"] ?? "unset";\n');
    const code = `import { tag } from "../../shared/tag.ts";\n${imageCode("", "tag")}`;
    for (const family of ["first", "second"]) workspace.write(`images/${family}/images.ts`, code);
    const generator = { kind: "module", entry: "./images.ts" };
    const session = workspace.session({ env: { TAG: "set" } });
    const inputs = { files: ["shared/tag.ts"] };
    const first = await workspace.family({ generator, inputs: { ...inputs, env: ["TAG"] } }, "images/first");
    orThrow(await generate(first, session));
    expect(workspace.read("dist/manifests/first/a.json")).toContain('"set"');
    const blind = await workspace.family({ generator, inputs }, "images/second");
    orThrow(await generate(blind, session));
    expect(workspace.read("dist/manifests/second/a.json")).toContain('"unset"');
    const without = await workspace.family({ generator }, "images/second");
    expect(failureOf(await generate(without, session))).toMatchObject({ reason: "module-outside-input" });
  });

  it("follows packages that are declared, and those that they need", async () => {
    const workspace = makeWorkspace();
    workspace.write("package.json", { dependencies: { one: "1" } });
    workspace.write("node_modules/one/package.json", {
      name: "one",
      main: "main.js",
      dependencies: { two: "1" },
    });
    workspace.write("node_modules/one/main.js", 'exports.tag = "one and " + require("two").tag;\n');
    workspace.write("node_modules/two/package.json", { name: "two", type: "module", exports: "./main.js" });
    workspace.write("node_modules/two/main.js", 'export const tag = "two";\n');
    const code = `import { tag } from "one";\n${imageCode("", "tag")}`;
    expect(await tagOf(workspace, code)).toBe("one and two");
    expect(
      await refuse(code, { workspace: withoutRecords(workspace), config: { packages: ["two"] } }),
    ).toEqual({
      reason: "module-outside-input",
      entry: `${FOLDER}/images.ts`,
      file: "node_modules/one/main.js",
    });
  });

  it.each(["mjs", "cjs"])("refuses a package that nobody declared (%s)", async (kind) => {
    const workspace = makeWorkspace();
    workspace.write("package.json", { dependencies: { other: "1" } });
    workspace.write("node_modules/stray/package.json", { name: "stray", exports: `./main.${kind}` });
    workspace.write(
      `node_modules/stray/main.${kind}`,
      kind === "mjs" ? "export default 1;" : "module.exports = 1;",
    );
    expect(await refuse(`import "stray";\n${imageCode("")}`, { workspace })).toEqual({
      reason: "module-outside-input",
      entry: `${FOLDER}/images.ts`,
      file: `node_modules/stray/main.${kind}`,
    });
  });
});

describe("what a module sees of the environment", () => {
  const code = imageCode("", 'JSON.stringify([process.env["TAG"] ?? null, Object.keys(process.env).length])');

  it("sees the variables that are declared", async () => {
    const workspace = makeWorkspace();
    const session = workspace.session({ env: { TAG: "seen", OTHER: "unseen" } });
    expect(await tagOf(workspace, code, { inputs: { env: ["TAG", "UNSET"] } }, session)).toBe('["seen",1]');
  });

  it("sees nothing else, whatever the process has", async () => {
    const workspace = makeWorkspace();
    const session = workspace.session({ env: { TAG: "unseen" } });
    expect(await tagOf(workspace, code, {}, session)).toBe("[null,0]");
  });
});

/** The source code of a definition that throws. */
function throwing(name: string): string {
  return `{ name: "${name}", manifest: () => { throw new TypeError("bad ${name}"); } }`;
}

describe("what may happen to a module", () => {
  it("was not loaded: missing, wrong or throwing", async () => {
    const entry = `${FOLDER}/images.ts`;
    const missing = failureOf(await run(makeWorkspace()));
    expect(missing).toMatchObject({ reason: "module-not-loaded", entry });
    const wrong = await refuse("export default [");
    expect(wrong).toMatchObject({ reason: "module-not-loaded", entry });
    const throwing = await refuse('throw new Error("no such distribution");');
    expect(throwing).toMatchObject({ reason: "module-not-loaded", entry, message: "no such distribution" });
    expect((throwing as { stack: string }).stack).toContain("images.ts");
  });

  it("throws when asked for a manifest: every one that does is named, and none is recorded", async () => {
    const failure = await refuse(`export default [${throwing("c")}, ${VALUE}, ${throwing("b")}];`);
    expect(failure).toMatchObject({
      reason: "manifest-failed",
      manifests: [
        { name: "b", failure: { reason: "module-threw", message: "bad b" } },
        { name: "c", failure: { reason: "module-threw", message: "bad c" } },
      ],
    });
  });

  it("throws what is no Error", async () => {
    expect(await refuseImage(imageCode('throw "plain"'))).toMatchObject({
      reason: "module-threw",
      message: "plain",
    });
  });

  it("makes what osbuild would not load", async () => {
    const code = 'export default [{ name: "a", manifest: { version: "1" } }];';
    expect(await refuseImage(code)).toEqual({ reason: "manifest-version-unsupported", version: '"1"' });
  });

  it("never ends: the thread is ended and the next manifest has another", async () => {
    // Long enough for a busy machine to start a second thread and load the module in it.
    const hang = `{ name: "a", manifest: () => { for (;;); } }, { name: "b", manifest: ${manifestCode('"b"')} }`;
    expect(await refuse(`export default [${hang}];`, { config: { timeoutMs: 10_000 } })).toEqual({
      reason: "manifest-failed",
      manifests: [{ name: "a", failure: { reason: "module-timed-out", timeoutMs: 10_000 } }],
    });
    const never = "export default [];\nawait new Promise((resolve) => setTimeout(resolve, 60_000));";
    expect(await refuse(never, { config: { timeoutMs: 1_000 } })).toEqual({
      reason: "module-timed-out",
      timeoutMs: 1_000,
    });
  });

  it("may not end its thread", async () => {
    const failure = { message: expect.stringContaining("process.exit(3)") as string };
    expect(await refuseImage(imageCode("process.exit(3)"))).toMatchObject({
      reason: "module-threw",
      ...failure,
    });
    expect(await refuse("process.exit(3);")).toMatchObject({ reason: "module-not-loaded", ...failure });
  });

  it("throws behind its own back: the manifest that its thread is at fails", async () => {
    const late =
      'name: "a", manifest: () => { setTimeout(() => { throw new Error("late"); }, 1); return {}; }';
    const code = `export default [{ ${late} }, { name: "b", manifest: () => new Promise(() => {}) }];`;
    const workspace = makeWorkspace();
    workspace.write(`${FOLDER}/images.ts`, code);
    const project = await workspace.family({
      generator: { kind: "module", entry: "./images.ts" },
      manifest: "json",
    });
    expect(failureOf(await generate(project, shared))).toEqual({
      reason: "manifest-failed",
      manifests: [{ name: "b", failure: { reason: "worker-died", message: "late" } }],
    });
  });

  it("makes more than it may", async () => {
    const workspace = makeWorkspace();
    workspace.write(`${FOLDER}/images.ts`, imageCode("", '"x".repeat(2_000)'));
    const generator = { kind: "module", entry: "./images.ts" };
    const project = await workspace.family({ generator, maxManifestBytes: 1_000 });
    expect(failureOf(await generate(project, shared))).toMatchObject({
      manifests: [{ name: "a", failure: { reason: "too-large", path: "a", limitBytes: 1_000 } }],
    });
  });
});

/** The same workspace before its first run. */
function withoutRecords(workspace: Workspace): Workspace {
  workspace.remove("checksums");
  return workspace;
}
