import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { generate } from "../../src/run/generate.ts";
import {
  failureOf,
  makeWorkspace,
  orThrow,
  program,
  sharedSession,
  temporaryFolder,
  type ConfigText,
} from "../workspace.ts";

const shared = sharedSession();
const MANIFEST = '{"version":"2","pipelines":[{"name":"os","stages":[]}]}';

interface Outcome {
  readonly result: Awaited<ReturnType<typeof generate>>;
  readonly workspace: ReturnType<typeof makeWorkspace>;
  readonly child: number | null;
}

/** Runs the fake generator, until it has a child if it is to be cancelled, and sees that its output folder is gone. */
async function run(
  output: string,
  args: readonly string[],
  { generator = {}, cancel, ...more }: { generator?: ConfigText; cancel?: AbortController } & ConfigText = {},
): Promise<Outcome> {
  const workspace = makeWorkspace();
  const trace = join(temporaryFolder(), "trace");
  const project = await workspace.family({
    generator: {
      kind: "command",
      argv: [program("generate"), args[0], "{outDir}", ...args.slice(1)],
      output,
      env: { TRACE: trace },
      ...generator,
    },
    ...more,
  });
  const running = generate(project, shared, cancel === undefined ? {} : { signal: cancel.signal });
  if (cancel !== undefined) {
    await vi.waitUntil(() => pidIn(`${trace}.child`) !== null, { timeout: 20_000 });
    cancel.abort();
  }
  const result = await running;
  if (existsSync(trace)) {
    const outDir = readFileSync(trace, "utf8").trim();
    expect(outDir).toMatch(/^\/.*\/imagegate-out-\w+$/);
    expect(existsSync(outDir)).toBe(false);
  }
  expect(workspace.list("dist/manifests/.imagegate")).toEqual([]);
  if (!result.ok) expect(existsSync(join(workspace.root, "checksums"))).toBe(false);
  return { result, workspace, child: pidIn(`${trace}.child`) };
}

/** Null while nobody has written it. */
function pidIn(path: string): number | null {
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  return text === "" ? null : Number(text);
}

async function refuse(...args: Parameters<typeof run>) {
  return failureOf((await run(...args)).result);
}

function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

describe("directory", () => {
  it("takes the files in {outDir}", async () => {
    const { result, workspace } = await run("directory", ["directory", "b.json", "a.json"]);
    expect(orThrow(result).added).toEqual(["a", "b"]);
    expect(workspace.read("dist/manifests/demo/a.json")).toBe(MANIFEST);
    expect(workspace.list("checksums/demo")).toEqual(["a.sum", "b.sum"]);
  });

  it("needs exactly the names of its list", async () => {
    const list = ["a", "b"];
    orThrow((await run("directory", ["directory", "a.json", "b.json"], { generator: { list } })).result);
    expect(await refuse("directory", ["directory", "a.json"], { generator: { list } })).toEqual({
      reason: "names-missing",
      names: ["b"],
    });
    expect(
      await refuse("directory", ["directory", "d.json", "b.json", "c.json", "a.json"], {
        generator: { list },
      }),
    ).toEqual({ reason: "names-unexpected", names: ["c", "d"] });
  });

  it("refuses what is no manifest", async () => {
    expect(await refuse("directory", ["directory", "a.json", "b.txt"])).toEqual({
      reason: "output-stranger",
      path: "b.txt",
    });
    expect(await refuse("directory", ["folder"])).toEqual({ reason: "output-stranger", path: "a.json" });
  });

  it("refuses names that are equal but for case, and names that no record can have", async () => {
    expect(await refuse("directory", ["directory", "a.json", "A.json"])).toMatchObject({
      reason: "name-collision",
    });
    expect(await refuse("directory", ["directory", "a b.json"])).toEqual({
      reason: "name-invalid",
      name: "a b",
    });
    expect(await refuse("directory", ["directory", ".a.json"])).toEqual({
      reason: "name-invalid",
      name: ".a",
    });
  });

  it("refuses no manifests at all", async () => {
    expect(await refuse("directory", ["nothing"])).toEqual({ reason: "generator-empty" });
  });

  it("refuses a manifest that was written in part, by name", async () => {
    expect(await refuse("directory", ["partial"])).toMatchObject({
      reason: "manifest-failed",
      manifests: [{ name: "b", failure: { reason: "json-syntax", found: null } }],
    });
  });

  it("refuses 300 MB by their size, unread", async () => {
    expect(await refuse("directory", ["large", "300M"])).toMatchObject({
      manifests: [
        { name: "a", failure: { reason: "too-large", sizeBytes: 314_572_800, limitBytes: 67_108_864 } },
      ],
    });
  });

  it("fails when the command takes its folder away, and when there is no room for one", async () => {
    expect(await refuse("directory", ["vanish"])).toMatchObject({ reason: "write-failed", code: "ENOENT" });
    const generator = { kind: "command", argv: ["true"], output: "directory" };
    const project = await makeWorkspace().family({ generator });
    vi.stubEnv("TMPDIR", "/no/such/folder");
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    expect(failureOf(await generate(project, shared))).toMatchObject({
      reason: "write-failed",
      code: "ENOENT",
    });
  });
});

function lines(...names: string[]): string {
  return names.map((name) => `{"name":"${name}","manifest":${MANIFEST}}`).join("\n");
}

describe("ndjson", () => {
  it("takes lines, the last one with or without a line feed", async () => {
    const { result, workspace } = await run("ndjson", ["print", lines("b", "a")]);
    expect(orThrow(result).added).toEqual(["a", "b"]);
    expect(workspace.read("dist/manifests/demo/b.json")).toBe(MANIFEST);
    expect(orThrow((await run("ndjson", ["print", `${lines("a")}\n`])).result).added).toEqual(["a"]);
  });

  it("refuses a line that is not one, by its number", async () => {
    expect(await refuse("ndjson", ["print", `${lines("a")}\nnope\n{}`])).toMatchObject({
      reason: "command-output",
      line: 2,
      cause: { reason: "json-syntax" },
    });
    expect(await refuse("ndjson", ["print", `${lines("a")}\n\n${lines("b")}`])).toMatchObject({
      line: 2,
      cause: { reason: "json-empty" },
    });
  });

  it("refuses names that would leave the folder, that come twice, or that are missing", async () => {
    expect(await refuse("ndjson", ["print", lines("../a")])).toEqual({
      reason: "name-invalid",
      name: "../a",
    });
    expect(await refuse("ndjson", ["print", lines("a", "b", "a")])).toEqual({
      reason: "name-collision",
      names: ["a", "a"],
    });
    expect(await refuse("ndjson", ["print", lines("a")], { generator: { list: ["b"] } })).toEqual({
      reason: "names-missing",
      names: ["b"],
    });
    expect(await refuse("ndjson", ["nothing"])).toEqual({ reason: "generator-empty" });
  });

  it("ends a command whose line never ends", async () => {
    expect(await refuse("ndjson", ["line"], { maxManifestBytes: 100_000 })).toMatchObject({
      reason: "command-failed",
      outcome: { kind: "output-too-large", bound: "line", limitBytes: 100_000 },
    });
  });
});

describe("single", () => {
  it("takes all of stdout as the family's manifest, or as the one of its list", async () => {
    expect(orThrow((await run("single", ["print", MANIFEST])).result).added).toEqual(["demo"]);
    const listed = await run("single", ["print", MANIFEST], { generator: { list: ["named"] } });
    expect(orThrow(listed.result).added).toEqual(["named"]);
    expect(listed.workspace.read("dist/manifests/demo/named.json")).toBe(MANIFEST);
  });

  it("refuses nothing, and what is no manifest", async () => {
    expect(await refuse("single", ["nothing"])).toEqual({ reason: "generator-empty" });
    expect(await refuse("single", ["print", "usage: generate"])).toMatchObject({
      manifests: [{ name: "demo", failure: { reason: "json-syntax" } }],
    });
    expect(await refuse("single", ["print", MANIFEST], { generator: { list: ["a", "b"] } })).toEqual({
      reason: "names-missing",
      names: ["b"],
    });
  });

  it("ends a command that prints more than a manifest may be", async () => {
    expect(await refuse("single", ["flood"], { maxManifestBytes: 100_000 })).toMatchObject({
      reason: "command-failed",
      outcome: { kind: "output-too-large", bound: "stdout", limitBytes: 100_000 },
    });
  });
});

describe("what may happen to a command", () => {
  it("exits with an error: its last words are kept, what it wrote is not", async () => {
    expect(await refuse("directory", ["fails"])).toMatchObject({
      reason: "command-failed",
      argv: [program("generate"), "fails", "{outDir}"],
      outcome: { kind: "exited", exitCode: 1, stderr: "no such distribution\n" },
    });
  });

  it("is ended from elsewhere", async () => {
    expect(await refuse("directory", ["killed"])).toMatchObject({
      reason: "command-failed",
      outcome: { kind: "signalled", signal: "SIGKILL" },
    });
  });

  it("is missing, or no program", async () => {
    expect(await refuse("single", ["x"], { generator: { argv: ["no-such-generator"] } })).toMatchObject({
      reason: "command-failed",
      outcome: { kind: "not-found", executable: "no-such-generator" },
    });
    expect(await refuse("single", ["x"], { generator: { argv: ["/etc"] } })).toMatchObject({
      outcome: { kind: "not-started", code: "EACCES" },
    });
  });

  it("hangs: its time is up for the whole group", async () => {
    // Long enough for a busy machine to start its child.
    const { result, child } = await run("directory", ["hang"], { generator: { timeoutMs: 5_000 } });
    expect(failureOf(result)).toMatchObject({
      reason: "command-failed",
      outcome: { kind: "timed-out", timeoutMs: 5_000 },
    });
    expect(child).not.toBeNull();
    expect(isAlive(child as number)).toBe(false);
  });

  it("is cancelled with its whole group", async () => {
    const { result, child } = await run("ndjson", ["hang"], { cancel: new AbortController() });
    expect(failureOf(result)).toEqual({ reason: "cancelled" });
    expect(isAlive(child as number)).toBe(false);
  });

  it("runs in its family's folder, with its own variables over the caller's", async () => {
    vi.stubEnv("CALLER", "from the caller");
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const argv = [program("generate"), "environment", "{outDir}", "{workspaceRoot}/x"];
    const { result, workspace } = await run("single", [], {
      generator: { argv, env: { SET: "from the family" } },
      manifest: "json",
    });
    orThrow(result);
    expect(JSON.parse(workspace.read("dist/manifests/demo/demo.json"))).toEqual({
      cwd: join(workspace.root, "images/demo"),
      set: "from the family",
      caller: "from the caller",
      root: `${workspace.root}/x`,
    });
  });
});
