import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/parse.ts";
import { failureOf, orThrow, type ConfigText } from "../workspace.ts";

const PATH = "images/demo/imagegate.json";
const FILES = { kind: "files", include: ["*.json"] };

function parse(config: unknown) {
  return parseConfig(typeof config === "string" ? config : JSON.stringify(config), PATH);
}

/** The problems of a family of files with some settings. */
function problemsOf(config: unknown) {
  const failure = failureOf(parse(config));
  if (failure.reason !== "config-invalid") throw new Error(failure.reason);
  expect(failure.path).toBe(PATH);
  return failure.problems;
}

function pathsOf(config: ConfigText) {
  return problemsOf(config).map(({ path }) => path.join("."));
}

it("fills in what is not said", () => {
  expect(orThrow(parse({ generator: FILES }))).toEqual({
    generator: FILES,
    manifest: "osbuild",
    ids: "builtin",
    osbuild: { executable: "osbuild", args: [], extraKey: "", crossCheck: false, timeoutMs: 120_000 },
    records: { form: "lines", extension: ".sum" },
    maxManifestBytes: 67_108_864,
  });
});

it("fills in what a part does not say", () => {
  const config = {
    generator: { kind: "command", argv: ["make"], output: "single" },
    inputs: {},
    osbuild: { args: ["--libdir", "x"] },
    records: { form: "digest", of: "raw" },
  };
  expect(orThrow(parse(config))).toMatchObject({
    generator: { env: {}, timeoutMs: 3_600_000 },
    inputs: { files: [], env: [], versions: [] },
    osbuild: { executable: "osbuild", args: ["--libdir", "x"] },
    records: { form: "digest", algorithm: "sha256", of: "raw", extension: "" },
  });
  expect(orThrow(parse({ generator: FILES, records: { folder: "sums" } })).records).toEqual({
    form: "lines",
    folder: "sums",
    extension: ".sum",
  });
  expect(orThrow(parse({ generator: FILES, records: { form: "pipeline-ids" } })).records).toEqual({
    form: "pipeline-ids",
    extension: ".ids",
  });
  expect(orThrow(parse({ generator: { kind: "module", entry: "./a.ts" } })).generator).toEqual({
    kind: "module",
    entry: "./a.ts",
    timeoutMs: 120_000,
  });
});

describe("refusals", () => {
  const module = { kind: "module", entry: "./images.ts" };
  const command = { kind: "command", argv: ["make"], output: "ndjson" };
  const withFiles = (more: ConfigText): ConfigText => ({ generator: FILES, ...more });

  it.each<[string, string, ConfigText]>([
    ["no generator", "generator", {}],
    ["an unknown kind", "generator.kind", { generator: { kind: "shell" } }],
    ["a module without entry", "generator.entry", { generator: { kind: "module" } }],
    ["an empty entry", "generator.entry", { generator: { ...module, entry: "" } }],
    ["an empty package name", "generator.packages.1", { generator: { ...module, packages: ["a", ""] } }],
    ["a timeout of nothing", "generator.timeoutMs", { generator: { ...module, timeoutMs: 0 } }],
    ["a timeout that no timer has", "generator.timeoutMs", { generator: { ...module, timeoutMs: 2 ** 31 } }],
    ["a command without argv", "generator.argv", { generator: { ...command, argv: [] } }],
    ["a command as one text", "generator.argv", { generator: { ...command, argv: "make all" } }],
    ["an unknown output", "generator.output", { generator: { ...command, output: "xml" } }],
    ["a number in the environment", "generator.env.A", { generator: { ...command, env: { A: 1 } } }],
    ["an empty name in a list", "generator.list.0", { generator: { ...command, list: [""] } }],
    ["no patterns", "generator.include", { generator: { ...FILES, include: [] } }],
    ["a family name that is a path", "family", withFiles({ family: "a/b" })],
    ["a family name that is hidden", "family", withFiles({ family: ".a" })],
    ["an unknown manifest", "manifest", withFiles({ manifest: "yaml" })],
    ["unknown ids", "ids", withFiles({ ids: true })],
    ["an executable of no name", "osbuild.executable", withFiles({ osbuild: { executable: "" } })],
    ["an input above the workspace", "inputs.files.0", withFiles({ inputs: { files: ["../x"] } })],
    ["an absolute input", "inputs.files.0", withFiles({ inputs: { files: ["/etc/passwd"] } })],
    ["an input with a backslash", "inputs.files.0", withFiles({ inputs: { files: ["a\\b"] } })],
    ["an input through ..", "inputs.files.0", withFiles({ inputs: { files: ["a/../b"] } })],
    ["a variable of no name", "inputs.env.0", withFiles({ inputs: { env: ["A=B"] } })],
    ["a version command without words", "inputs.versions.0", withFiles({ inputs: { versions: [[]] } })],
    ["an unknown form", "records.form", withFiles({ records: { form: "xml" } })],
    ["a digest of nothing", "records.of", withFiles({ records: { form: "digest" } })],
    [
      "an unknown algorithm",
      "records.algorithm",
      withFiles({ records: { form: "digest", of: "raw", algorithm: "md5" } }),
    ],
    ["an extension without dot", "records.extension", withFiles({ records: { extension: "sum" } })],
    ["an extension that is a path", "records.extension", withFiles({ records: { extension: "./a" } })],
    ["records above the workspace", "records.folder", withFiles({ records: { folder: "../sums" } })],
    ["output above the workspace", "output", withFiles({ output: "a/../../b" })],
    ["no threads", "concurrency", withFiles({ concurrency: 0 })],
    ["half a thread", "concurrency", withFiles({ concurrency: 1.5 })],
    ["manifests of no size", "maxManifestBytes", withFiles({ maxManifestBytes: 0 })],
    [
      "ids that nothing computes",
      "records.form",
      withFiles({ records: { form: "pipeline-ids" }, ids: "none" }),
    ],
    ["sources of any JSON", "pins", withFiles({ pins: {}, manifest: "json" })],
    ["ids of any JSON", "records.form", withFiles({ records: { form: "pipeline-ids" }, manifest: "json" })],
    ["osbuild's ids of any JSON", "ids", withFiles({ manifest: "json", ids: "osbuild" })],
    ["records beside the definitions", "records.folder", withFiles({ records: { folder: "images/demo" } })],
    ["records above the definitions", "records.folder", withFiles({ records: { folder: "./images/" } })],
    ["output above the definitions", "output", withFiles({ output: "images" })],
    ["output among the records", "output", withFiles({ output: "checksums/demo/dist" })],
    ["records among the output", "output", withFiles({ records: { folder: "dist/manifests/demo/sums" } })],
  ])("%s, at %s", (_, path, config) => {
    expect(pathsOf(config)).toEqual([path]);
  });

  it.each<[string, ConfigText]>([
    ["note", withFiles({ note: 1 })],
    ["generator.argv", withFiles({ generator: { ...FILES, argv: ["x"] } })],
    ["osbuild.path", withFiles({ osbuild: { path: "x" } })],
    ["inputs.file", withFiles({ inputs: { file: [] } })],
    ["records.of", withFiles({ records: { of: "raw" } })],
  ])("an unknown key: %s", (path, config) => {
    expect(problemsOf(config)).toEqual([{ path: path.split("."), message: "unknown key" }]);
  });

  it("names all problems at once", () => {
    const config = { generator: { kind: "files", include: [] }, ids: "some", a: 1, b: 2 };
    expect(pathsOf(config).sort()).toEqual(["a", "b", "generator.include", "ids"]);
  });

  it("refuses the whole workspace as output or records", () => {
    expect(pathsOf(withFiles({ output: "." }))).toEqual(["output", "output"]);
    expect(pathsOf(withFiles({ records: { form: "digest", of: "raw", folder: "./" } }))).toEqual([
      "records.folder",
      "output",
    ]);
  });

  it.each(["[]", "1", "null", '"x"'])("refuses %s, which is no object", (text) => {
    expect(problemsOf(text)).toHaveLength(1);
  });

  it.each([
    ["json-empty", ""],
    ["json-syntax", "{,}"],
    ["json-syntax", '{"generator": NaN}'],
    ["json-byte-order-mark", "\ufeff{}"],
    ["json-duplicate-key", '{"ids": "none", "ids": "none"}'],
  ])("refuses a text that is not JSON: %s", (reason, text) => {
    expect(failureOf(parse(text))).toMatchObject({
      reason: "config-unreadable",
      path: PATH,
      cause: { reason },
    });
  });

  it("names where a duplicate key stands", () => {
    const text = '{"generator": {"kind": "files", "include": ["a"], "kind": "module"}}';
    expect(failureOf(parse(text))).toMatchObject({
      cause: { reason: "json-duplicate-key", path: ["generator", "kind"], key: "kind" },
    });
  });
});

it("takes a split whose pattern captures a shard, and no other", () => {
  const split = { pattern: "^([^-]+)-", shards: ["centos_9", "fedora_43"] };
  expect(orThrow(parse({ generator: FILES, split })).split).toEqual(split);
  const wrong = [
    [{ ...split, pattern: "(" }, "split.pattern"],
    [{ ...split, pattern: "^x" }, "split.pattern"],
    [{ ...split, pattern: "^(?:x)" }, "split.pattern"],
    [{ ...split, shards: [] }, "split.shards"],
    [{ ...split, shards: ["a", "a"] }, "split.shards"],
    [{ ...split, shards: ["a b"] }, "split.shards.0"],
  ] as const;
  for (const [given, path] of wrong) expect(pathsOf({ generator: FILES, split: given })).toEqual([path]);
});
