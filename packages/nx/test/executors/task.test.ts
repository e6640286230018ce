import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ExecutorContext, TaskGraph } from "@nx/devkit";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import checkFamily, { checkBatch } from "../../src/executors/check.ts";
import { generateBatch } from "../../src/executors/generate.ts";
import type { BatchResult } from "../../src/executors/task.ts";
import { folderWith, manifestWith } from "../temporary.ts";

const FILES = { generator: { kind: "files", include: ["*.manifest.json"] } };

function workspaceWith(...families: string[]): string {
  const root = folderWith({
    "nx.json": {},
    ...Object.fromEntries(
      families.flatMap((family) => [
        [`${family}/imagegate.json`, FILES],
        [`${family}/one.manifest.json`, manifestWith(family)],
      ]),
    ),
  });
  vi.stubEnv("IMAGEGATE_CACHE_DIR", join(root, ".store"));
  onTestFinished(() => void vi.unstubAllEnvs());
  return root;
}

function contextOf(root: string, families: readonly string[]): ExecutorContext {
  const projects = Object.fromEntries(families.map((family) => [family, { root: family }]));
  return {
    root,
    cwd: root,
    isVerbose: false,
    projectsConfigurations: { version: 2, projects },
    nxJsonConfiguration: {},
    projectGraph: { nodes: {}, dependencies: {} },
  };
}

function graphOf(target: string, families: readonly string[]): TaskGraph {
  const tasks = families.map((project) => {
    const id = `${project}:${target}`;
    return [
      id,
      {
        id,
        target: { project, target },
        overrides: {},
        outputs: [] as string[],
        parallelism: true,
        cache: true,
      },
    ] as const;
  });
  return { roots: [], tasks: Object.fromEntries(tasks), dependencies: {}, continuousDependencies: {} };
}

type Batch = typeof checkBatch;

async function runAll(
  batch: Batch,
  root: string,
  families: readonly string[],
  options = {},
): Promise<BatchResult[]> {
  const target = batch === checkBatch ? "check" : "generate";
  const graph = graphOf(target, families);
  const all: BatchResult[] = [];
  for await (const result of batch(graph, options, {}, contextOf(root, families))) all.push(result);
  return all.sort((left, right) => (left.task < right.task ? -1 : 1));
}

const verdicts = (results: readonly BatchResult[]): unknown =>
  results.map(({ task, result }) => [task, result.success]);

describe("a batch", () => {
  test("generates all families, and check passes after it", async () => {
    const root = workspaceWith("a", "b");
    expect(verdicts(await runAll(generateBatch, root, ["a", "b"]))).toEqual([
      ["a:generate", true],
      ["b:generate", true],
    ]);
    expect(readdirSync(join(root, "checksums"))).toEqual(["a", "b"]);
    expect(verdicts(await runAll(checkBatch, root, ["a", "b"]))).toEqual([
      ["a:check", true],
      ["b:check", true],
    ]);
  });

  test("looks at what lies between the families' records too; nothing generates that", async () => {
    const root = workspaceWith("a");
    await runAll(generateBatch, root, ["a"]);
    const all = ["a", "checksums"];
    expect(verdicts(await runAll(checkBatch, root, all))).toEqual([
      ["a:check", true],
      ["checksums:check", true],
    ]);
    expect(verdicts(await runAll(generateBatch, root, ["checksums"]))).toEqual([
      ["checksums:generate", false],
    ]);
    mkdirSync(join(root, "checksums/gone"));
    writeFileSync(join(root, "checksums/gone/x.sum"), "");
    const results = await runAll(checkBatch, root, all);
    expect(verdicts(results)).toEqual([
      ["a:check", true],
      ["checksums:check", false],
    ]);
    expect(results[1]?.result.terminalOutput).toContain("checksums/gone");
  });

  test("fails the family that differs, and only that; check writes nothing", async () => {
    const root = workspaceWith("a", "b");
    await runAll(generateBatch, root, ["a"]);
    const results = await runAll(checkBatch, root, ["a", "b"]);
    expect(verdicts(results)).toEqual([
      ["a:check", true],
      ["b:check", false],
    ]);
    expect(results[1]?.result.terminalOutput).toContain("one.manifest");
    expect(existsSync(join(root, "checksums/b"))).toBe(false);
  });

  test("reports every task, one that Nx cannot place and one with bad options included", async () => {
    const root = workspaceWith("a", "b", "c");
    writeFileSync(join(root, "b/imagegate.json"), "{");
    const context = contextOf(root, ["a", "b", "c"]);
    const graph = graphOf("generate", ["a", "b", "c", "stranger"]);
    const results: BatchResult[] = [];
    const options = { "c:generate": { concurency: 1 } };
    for await (const result of generateBatch(graph, options, {}, context)) results.push(result);
    const texts = new Map(results.map(({ task, result }) => [task, result]));
    expect(texts.get("a:generate")?.success).toBe(true);
    expect(texts.get("b:generate")?.terminalOutput).toContain("b/imagegate.json");
    expect(texts.get("c:generate")?.terminalOutput).toContain("concurency");
    expect(texts.get("stranger:generate")?.terminalOutput).toContain("stranger");
    expect(results.filter(({ result }) => result.success)).toHaveLength(1);
  });

  test("ends when it is told to, with every task reported and no record touched", async () => {
    const root = workspaceWith("a", "b");
    const argv = ["sh", "-c", "touch started; exec sleep 600"];
    const command = { kind: "command", argv, output: "single" };
    for (const family of ["a", "b"]) {
      writeFileSync(join(root, family, "imagegate.json"), JSON.stringify({ generator: command }));
    }
    const running = runAll(generateBatch, root, ["a", "b"]);
    // On a machine with one processor the other one waits for its turn.
    const hasStarted = (family: string): boolean => existsSync(join(root, family, "started"));
    await vi.waitUntil(() => ["a", "b"].some(hasStarted), { timeout: 20_000 });
    process.emit("SIGINT");
    const results = await running;
    expect(verdicts(results)).toEqual([
      ["a:generate", false],
      ["b:generate", false],
    ]);
    expect(existsSync(join(root, "checksums/a"))).toBe(false);
  });

  test("ids of the options stand over those of the configuration", async () => {
    const root = workspaceWith("a");
    await runAll(generateBatch, root, ["a"], { "a:generate": { ids: "none" } });
    expect(readFileSync(join(root, "checksums/a/one.manifest.sum"), "utf8")).not.toContain("pipeline");
  });
});

describe("shards", () => {
  const NAMES = ["centos_9-a", "centos_9-b", "fedora_43-a"];

  /** A family of two shards whose generator notes each of its runs. */
  function splitFamily(): string {
    const root = workspaceWith();
    const lines = NAMES.map((name) => JSON.stringify({ name, manifest: manifestWith(name) }));
    mkdirSync(join(root, "a"));
    writeFileSync(join(root, "a/offered"), lines.join("\n"));
    const argv = ["sh", "-c", "echo run >>runs; cat offered"];
    const config = {
      generator: { kind: "command", argv, output: "ndjson" },
      split: { pattern: "^([^-]+)-", shards: ["centos_9", "fedora_43"] },
    };
    writeFileSync(join(root, "a/imagegate.json"), JSON.stringify(config));
    return root;
  }

  const SHARDS = ["centos_9", "fedora_43"].map((shard) => ({ id: `a:check-shards--${shard}`, shard }));

  async function checkAll(root: string, shards = SHARDS): Promise<BatchResult[]> {
    const tasks = shards.map(({ id }) => [id, { id, target: { project: "a", target: id.slice(2) } }]);
    const graph = { ...graphOf("check", []), tasks: Object.fromEntries(tasks) } as TaskGraph;
    const options = Object.fromEntries(shards.map(({ id, shard }) => [id, { shard }]));
    const all: BatchResult[] = [];
    for await (const result of checkBatch(graph, options, {}, contextOf(root, ["a"]))) all.push(result);
    return all;
  }

  test("share one run of the generator, and exactly one notices a removed image's record", async () => {
    const root = splitFamily();
    await runAll(generateBatch, root, ["a"]);
    expect((await checkAll(root)).map(({ result }) => result.success)).toEqual([true, true]);
    expect(readFileSync(join(root, "a/runs"), "utf8")).toBe("run\nrun\n");
    const record = readFileSync(join(root, "checksums/a/fedora_43-a.sum"));
    for (const gone of ["fedora_43-gone", "rhel_7-gone"]) {
      writeFileSync(join(root, `checksums/a/${gone}.sum`), record);
      const results = await checkAll(root);
      const noticed = results.filter(({ result }) => result.terminalOutput.includes(gone));
      expect(noticed).toHaveLength(1);
      expect(results.filter(({ result }) => !result.success)).toEqual(noticed);
      rmSync(join(root, `checksums/a/${gone}.sum`));
    }
  });

  test("that are not listed fail, all of a group, and generate takes none", async () => {
    const root = splitFamily();
    await runAll(generateBatch, root, ["a"]);
    const results = await checkAll(root, [...SHARDS, { id: "a:check-shards--rhel_7", shard: "rhel_7" }]);
    expect(results.map(({ result }) => result.success)).toEqual([false, false, false]);
    expect(results[0]?.result.terminalOutput).toContain("lists no shard rhel_7");
    const [generated] = await runAll(generateBatch, root, ["a"], { "a:generate": { shard: "centos_9" } });
    expect(generated?.result).toMatchObject({ success: false });
    expect(generated?.result.terminalOutput).toContain("generate takes no shard");
  });
});

test("a single task prints what a batch returns", async () => {
  const root = workspaceWith("a");
  const written: string[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  const outcome = await checkFamily({}, { ...contextOf(root, ["a"]), projectName: "a" });
  write.mockRestore();
  expect(outcome).toEqual({ success: false });
  expect(written.join("")).toContain("one.manifest");
});
