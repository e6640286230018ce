import { execFile } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";

const SCRIPT = fileURLToPath(new URL("../bundle.mjs", import.meta.url));
const MODULES = fileURLToPath(new URL("../../node_modules", import.meta.url));
const MANIFEST = JSON.stringify({ name: "@imagegate/one", exports: { ".": "./dist/index.js" } });

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "imagegate-bundle-"));
  symlinkSync(MODULES, join(root, "node_modules"));
  write("packages/one/package.json", MANIFEST);
  write("packages/one/src/index.ts", "export const answer: number = 42;\n");
  write("packages/one/dist/index.js", "export const answer = 41;\n");
  write("packages/one/dist/sub/gone.js", "");
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const engineManifest = (dependencies: Readonly<Record<string, string>>) =>
  JSON.stringify({ name: "engine", exports: { ".": "./dist/index.js" }, dependencies });

const build = () => promisify(execFile)(process.execPath, [SCRIPT, join(root, "packages")]);

function built(): readonly string[] {
  const files = readdirSync(join(root, "packages/one/dist"), { recursive: true, withFileTypes: true });
  return files.flatMap((file) => (file.isFile() ? [file.name] : [])).sort();
}

test("builds at the same time do not trip over each other, and leave nothing of earlier ones", async () => {
  for (let n = 0; n < 2_000; n += 1) write(`packages/one/dist/old-${n}.js`, "");
  await Promise.all(Array.from({ length: 4 }, build));
  expect(built()).toEqual(["index.js"]);
  expect(readFileSync(join(root, "packages/one/dist/index.js"), "utf8")).toContain("42");
});

test("a build that fails leaves what there was", async () => {
  write("packages/one/src/index.ts", 'export * from "./missing.ts";\n');
  await expect(build()).rejects.toThrow("missing.ts");
  expect(built()).toEqual(["gone.js", "index.js"]);
});

test("a package that has a copy of another one has its license", async () => {
  write("packages/one/src/index.ts", 'import * as z from "zod";\nexport const text = z.string();\n');
  await build();
  expect(built()).toEqual(["index.js", "zod"]);
  expect(readFileSync(join(root, "packages/one/dist/licenses/zod"), "utf8")).toContain("Copyright");
});

test("a part of a package that has a copy of another one is one of it, whatever that exports", async () => {
  write("packages/one/src/index.ts", 'import * as z from "zod/mini";\nexport const text = z.string();\n');
  await build();
  expect(built()).toEqual(["index.js", "zod"]);
  write("packages/one/src/index.ts", 'import pLimit from "p-limit";\nexport const limit = pLimit(1);\n');
  await build();
  expect(built()).toContain("p-limit");
  expect(built()).toContain("yocto-queue");
  expect(readFileSync(join(root, "packages/one/dist/index.js"), "utf8")).not.toMatch(
    /from "(p-limit|yocto-queue)"/,
  );
});

test("what is imported without being a dependency ends the build, also by way of what is inlined", async () => {
  write("packages/engine/src/index.ts", "export {};\n");
  write(
    "packages/engine/src/pool/worker.ts",
    'import { answer } from "@imagegate/one";\nexport default () => answer;\n',
  );
  write(
    "packages/one/package.json",
    JSON.stringify({ ...JSON.parse(MANIFEST), dependencies: { jiti: "2" } }),
  );
  write(
    "packages/one/src/index.ts",
    'import { createJiti } from "jiti";\nexport const answer = createJiti;\n',
  );
  write("packages/engine/package.json", engineManifest({}));
  await expect(build()).rejects.toThrow(/engine: pool\/worker\.cjs imports jiti, expected .*dependencies/);
  write("packages/engine/package.json", engineManifest({ jiti: "2" }));
  await build();
  const worker = readFileSync(join(root, "packages/engine/dist/pool/worker.cjs"), "utf8");
  expect(worker).toContain('"jiti"');
});

test("a script that a program takes in and that loads another one unseen ends the build", async () => {
  write("packages/engine/package.json", engineManifest({}));
  write("packages/engine/src/index.ts", "export {};\n");
  write(
    "packages/engine/src/pool/unseen.cjs",
    '((load) => load(require))((require) => require("./gone"));\n',
  );
  write("packages/engine/src/pool/worker.ts", 'import "./unseen.cjs";\nexport default () => 1;\n');
  await expect(build()).rejects.toThrow(/requires \.\/gone, expected to be inlined, found no such script/);
});

test("a program is made of the sources of all packages that it uses, and what it loads later lies beside it", async () => {
  write("packages/engine/package.json", engineManifest({ "@imagegate/one": "1" }));
  write("packages/engine/src/index.ts", 'export { answer } from "@imagegate/one";\n');
  write(
    "packages/engine/src/pool/worker.ts",
    'import { answer } from "@imagegate/one";\nexport default async () => [answer, (await import("./later.ts")).later];\n',
  );
  write("packages/engine/src/pool/later.ts", 'export const later = "later";\n');
  await build();
  const dist = join(root, "packages/engine/dist");
  expect(readFileSync(join(dist, "index.js"), "utf8")).toContain('"@imagegate/one"');
  expect(readFileSync(join(dist, "pool/worker.cjs"), "utf8")).not.toContain("@imagegate/one");
  expect(readdirSync(join(dist, "pool")).map((name) => name.replace(/-[\w-]{8}(?=\.cjs)/, ""))).toEqual([
    "later.cjs",
    "worker.cjs",
  ]);
  const load = createRequire(join(dist, "index.js"));
  const { default: work } = load("./pool/worker.cjs") as { readonly default: () => Promise<unknown> };
  expect(await work()).toEqual([42, "later"]);
});
