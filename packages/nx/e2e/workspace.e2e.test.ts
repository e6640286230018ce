import {
  chmodSync,
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  install,
  installWorkspace,
  npmName,
  packFolder,
  packPackages,
  REPOSITORY,
  temporaryFolder,
  type NxResult,
  type Workspace,
} from "./workspace.ts";

/** Installing takes as long as the network does. */
const SETUP_MS = 240_000;
const TEST_MS = 60_000;

let tarballs: string;
let workspace: Workspace;

beforeAll(async () => {
  tarballs = temporaryFolder();
  workspace = await installWorkspace(await packPackages(tarballs));
}, SETUP_MS);

afterAll(() => {
  workspace.remove();
  rmSync(tarballs, { recursive: true, force: true });
}, TEST_MS);

function expectSuccess(result: NxResult): void {
  expect(result.code, result.output).toBe(0);
}

/** The ids of the tasks that ran, and of those that were replayed. */
function tasksOf({ tasks }: NxResult): { ran: string[]; replayed: string[] } {
  const ids = Object.keys(tasks).sort();
  return {
    ran: ids.filter((id) => tasks[id]?.ran === true),
    replayed: ids.filter((id) => tasks[id]?.ran === false),
  };
}

const FAMILIES = ["definitions", "existing", "printed", "unknown"];
const targets = (target: string, families: readonly string[]): string[] =>
  families.map((family) => `${family}:${target}`);

describe("another workspace", { timeout: TEST_MS }, () => {
  test("init sets it up, twice with the same result", async () => {
    expectSuccess(await workspace.nx("g", "@imagegate/nx:init"));
    const files = ["nx.json", ".gitignore", ".gitattributes"];
    const first = files.map((file) => workspace.read(file));
    expect(first[0]).toContain("@imagegate/nx");
    expectSuccess(await workspace.nx("g", "@imagegate/nx:init"));
    expect(files.map((file) => workspace.read(file))).toEqual(first);
  });

  test("a family of each generator kind generates at once", async () => {
    expectSuccess(await workspace.nx("g", "@imagegate/nx:family", "definitions", "--template", "module"));
    expectSuccess(await workspace.nx("g", "@imagegate/nx:family", "printed", "--template", "command"));
    expectSuccess(await workspace.nx("g", "@imagegate/nx:family", "existing", "--template", "files"));
    expectSuccess(
      await workspace.nx(
        "g",
        "@imagegate/nx:family",
        "unknown",
        "--template",
        "command",
        "--directory",
        "other/place",
      ),
    );
    const config = JSON.parse(workspace.read("other/place/imagegate.json")) as { inputs?: unknown };
    delete config.inputs;
    workspace.write("other/place/imagegate.json", JSON.stringify(config));
    const result = await workspace.nx("run-many", "-t", "generate");
    expectSuccess(result);
    expect(tasksOf(result)).toEqual({ ran: targets("generate", FAMILIES), replayed: [] });
    for (const family of FAMILIES)
      expect(readdirSync(join(workspace.root, "checksums", family))).not.toEqual([]);
  });

  test("the schema that a family points to is there", () => {
    const config = JSON.parse(workspace.read("manifests/definitions/imagegate.json")) as { $schema: string };
    expect(existsSync(join(workspace.root, "manifests/definitions", config.$schema))).toBe(true);
  });

  test("check passes, and the records as a whole too", async () => {
    await workspace.commit("families");
    const result = await workspace.nx("run-many", "-t", "check");
    expectSuccess(result);
    expect(tasksOf(result).ran).toEqual(["checksums:check", ...targets("check", FAMILIES)]);
    expect((await workspace.run(["git", "status", "--porcelain"])).output).toBe("");
  });

  test("a second generate replays, but for a command without inputs", async () => {
    rmSync(join(workspace.root, "dist"), { recursive: true });
    rmSync(join(workspace.root, "checksums/definitions"), { recursive: true });
    const result = await workspace.nx("run-many", "-t", "generate");
    expectSuccess(result);
    expect(tasksOf(result)).toEqual({
      ran: ["unknown:generate"],
      replayed: targets("generate", ["definitions", "existing", "printed"]),
    });
    expect((await workspace.run(["git", "status", "--porcelain"])).output).toBe("");
    expect(readdirSync(join(workspace.root, "dist/manifests/definitions"))).toHaveLength(1);
  });

  test("a replay removes a stranger from the output and from the records", async () => {
    workspace.write("checksums/printed/stranger.sum", "left over\n");
    workspace.write("dist/manifests/printed/stranger.json", "{}");
    expectSuccess(await workspace.nx("run", "printed:generate"));
    expect(existsSync(join(workspace.root, "checksums/printed/stranger.sum"))).toBe(false);
    expect(existsSync(join(workspace.root, "dist/manifests/printed/stranger.json"))).toBe(false);
  });

  test("a command family without inputs always runs, its check too", async () => {
    for (const target of ["generate", "check"]) {
      expect(tasksOf(await workspace.nx("run", `unknown:${target}`)).ran).toEqual([`unknown:${target}`]);
    }
  });

  test("touching an unrelated file hits", async () => {
    workspace.write("README.md", "# Elsewhere\n");
    workspace.write("manifests/README.md", "# Families\n");
    const { replayed } = tasksOf(await workspace.nx("run-many", "-t", "generate", "check"));
    const cached = FAMILIES.filter((family) => family !== "unknown");
    expect(replayed).toEqual(
      ["checksums:check", ...targets("check", cached), ...targets("generate", cached)].sort(),
    );
  });

  test("a hand-edited record makes check miss and fail, and generate restores it", async () => {
    const [file] = readdirSync(join(workspace.root, "checksums/definitions"));
    const path = `checksums/definitions/${file ?? ""}`;
    const recorded = workspace.read(path);
    workspace.write(
      path,
      recorded.replace(/^sha256:./, (start) => `sha256:${start.endsWith("0") ? "1" : "0"}`),
    );
    const failed = await workspace.nx("run", "definitions:check");
    expect(failed.code).not.toBe(0);
    expect(failed.tasks).toEqual({ "definitions:check": { ran: true, status: 1 } });
    expect(failed.output).toContain(file?.replace(/\.sum$/, ""));
    expectSuccess(await workspace.nx("run", "definitions:generate"));
    expect(workspace.read(path)).toBe(recorded);
    expectSuccess(await workspace.nx("run", "definitions:check"));
  });

  test("editing a definition misses, and check fails with the difference until generate has run", async () => {
    const path = "manifests/definitions/images.ts";
    workspace.write(path, workspace.read(path).replace("/43/", "/43/20260101/"));
    const failed = await workspace.nx("run-many", "-t", "check");
    expect(failed.code).not.toBe(0);
    expect(tasksOf(failed).ran).toEqual(targets("check", ["definitions", "unknown"]));
    expect(failed.output).toContain("20260101");
    const generated = await workspace.nx("run", "definitions:generate");
    expectSuccess(generated);
    expect(tasksOf(generated).ran).toEqual(["definitions:generate"]);
    expectSuccess(await workspace.nx("run", "definitions:check"));
    await workspace.commit("a new snapshot");
  });

  test("a file that git ignores counts, when it lies in the family's folder", async () => {
    workspace.write("manifests/existing/images/dist/ignored.json", "1");
    expect(tasksOf(await workspace.nx("run", "existing:generate")).ran).toEqual(["existing:generate"]);
    rmSync(join(workspace.root, "manifests/existing/images/dist"), { recursive: true });
    expect(tasksOf(await workspace.nx("run", "existing:generate")).replayed).toEqual(["existing:generate"]);
  });

  test("another version of the authoring library misses, for the family that may import it", async () => {
    await installVersion("images", "0.1.1");
    expect(
      tasksOf(await workspace.nx("run-many", "-t", "generate", "-p", "definitions,existing")).ran,
    ).toEqual(["definitions:generate"]);
  });

  test("another version of the plugin misses, for every family", async () => {
    await installVersion("nx", "0.1.1");
    const result = await workspace.nx("run-many", "-t", "generate", "-p", "definitions,existing,printed");
    expect(tasksOf(result).replayed).toEqual([]);
    await workspace.commit("new versions");
  });

  test("a package of the workspace counts with its sources and with what was built of them", async () => {
    workspace.write(
      "libs/parts/package.json",
      JSON.stringify({ name: "parts", version: "1.0.0", type: "module", exports: "./dist/index.js" }),
    );
    workspace.write("libs/parts/src/index.ts", "export const host = 'one';\n");
    workspace.write("libs/parts/dist/index.js", "export const host = 'one';\n");
    await install(workspace);
    const text = workspace.read("manifests/definitions/imagegate.json");
    workspace.write(
      "manifests/definitions/imagegate.json",
      text.replace('"@imagegate/images"', '"@imagegate/images", "parts"'),
    );
    expectSuccess(await workspace.nx("run", "definitions:generate"));
    const ran = async (): Promise<string[]> => tasksOf(await workspace.nx("run", "definitions:generate")).ran;
    expect(await ran()).toEqual([]);
    workspace.write("libs/parts/src/index.ts", "export const host = 'two';\n");
    expect(await ran()).toEqual(["definitions:generate"]);
    workspace.write("libs/parts/dist/index.js", "export const host = 'two';\n");
    expect(await ran()).toEqual(["definitions:generate"]);
    await workspace.commit("a package");
  });

  test("another tool version misses; a missing tool is a version of its own, and none runs unseen", async () => {
    const tool = join(workspace.root, "tool.sh");
    const say = (version: string): void => {
      writeFileSync(tool, `#!/bin/sh\necho ${version}\n`);
      chmodSync(tool, 0o755);
    };
    const config = JSON.parse(workspace.read("manifests/printed/imagegate.json")) as object;
    const inputs = { versions: [["../../tool.sh", "--version"]] };
    workspace.write("manifests/printed/imagegate.json", JSON.stringify({ ...config, inputs }));
    const ran = async (): Promise<string[]> => tasksOf(await workspace.nx("run", "printed:generate")).ran;
    say("1");
    expect(await ran()).toEqual(["printed:generate"]);
    expect(await ran()).toEqual([]);
    say("2");
    expect(await ran()).toEqual(["printed:generate"]);
    rmSync(tool);
    expect(await ran()).toEqual(["printed:generate"]);
    say("1");
    expect(await ran()).toEqual([]);
    await workspace.commit("a tool");
  });

  test("affected checks only the family that changed", async () => {
    const path = "manifests/existing/imagegate.json";
    const config = JSON.parse(workspace.read("other/place/imagegate.json")) as object;
    workspace.write("other/place/imagegate.json", JSON.stringify({ ...config, inputs: {} }));
    await workspace.commit("inputs for all");
    workspace.write(path, `${workspace.read(path)}\n`);
    await workspace.commit("one family");
    const one = await workspace.nx("affected", "-t", "check", "--base=HEAD~1", "--head=HEAD");
    expectSuccess(one);
    // The configuration could have given the records to nobody: their check reads all of them.
    expect(Object.keys(one.tasks).sort()).toEqual(["checksums:check", "existing:check"]);
    workspace.write("manifests/printed/notes.md", "a note\n");
    await workspace.commit("one more");
    const two = await workspace.nx("affected", "-t", "check", "--base=HEAD~1", "--head=HEAD");
    expect(Object.keys(two.tasks)).toEqual(["printed:check"]);
    workspace.write("README.md", "# Nothing of ours\n");
    await workspace.commit("unrelated");
    const none = await workspace.nx("affected", "-t", "check", "--base=HEAD~1", "--head=HEAD");
    expectSuccess(none);
    expect(none.tasks).toEqual({});
  });

  test("affected checks the family whose record was edited by hand, and no other", async () => {
    const [file] = readdirSync(join(workspace.root, "checksums/existing"));
    const path = `checksums/existing/${file ?? ""}`;
    const recorded = workspace.read(path);
    workspace.write(path, recorded.replaceAll(/[0-9a-f]{64}/g, "0".repeat(64)));
    const result = await workspace.nx("affected", "-t", "check", "--uncommitted");
    expect(result.code).not.toBe(0);
    expect(Object.keys(result.tasks).sort()).toEqual(["checksums:check", "existing:check"]);
    workspace.write(path, recorded);
  });

  test("a commit is refused while it leaves records behind", async () => {
    expectSuccess(await workspace.nx("g", "@imagegate/nx:git-hook", "--tool", "git"));
    const path = "manifests/definitions/images.ts";
    const definition = workspace.read(path);
    workspace.write(path, definition.replace("/43/20260101/", "/43/20260202/"));
    await expect(workspace.commit("a definition without its record")).rejects.toThrow("20260202");
    expectSuccess(await workspace.nx("run", "definitions:generate"));
    await workspace.commit("a definition with its record");
    rmSync(join(workspace.root, ".git/hooks/pre-commit"));
  });

  test("the workflow is written for this workspace", async () => {
    expectSuccess(await workspace.nx("g", "@imagegate/nx:ci"));
    const text = workspace.read(".github/workflows/imagegate.yml");
    expect(text).toContain("run: npm ci");
    const families = /projects=\$\(npx nx (.*)\)/.exec(text)?.[1]?.replaceAll("'", "").split(" ") ?? [];
    const listed = await workspace.nx(...families);
    expect(JSON.parse(listed.output) as string[]).toHaveLength(FAMILIES.length + 1);
    expectSuccess(await workspace.nx("g", "@imagegate/nx:report-ci"));
    expect(workspace.read(".github/workflows/imagegate-comment.yml")).toContain("run: npm ci");
    await workspace.commit("workflows");
  });

  test("pins are verified, each time anew, in a folder of pins files and in a family that asks for it", async () => {
    let body = "the artifact\n";
    const server = createServer((_, response) => {
      response.writeHead(200, { "content-type": "application/octet-stream", "content-length": body.length });
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a`;
    const sha256 = createHash("sha256").update(body).digest("hex");
    const sources = { "org.osbuild.curl": { items: { [`sha256:${sha256}`]: url } } };
    workspace.write("smoke/a.pins.json", JSON.stringify({ pins: [{ urls: [url], sha256 }] }));
    const generator = { kind: "files", include: ["*.manifest.json"] };
    workspace.write("manifests/pinned/imagegate.json", JSON.stringify({ generator, pins: {} }));
    const manifest = JSON.stringify({ version: "2", pipelines: [], sources });
    workspace.write("manifests/pinned/one.manifest.json", manifest);
    const verify = () => workspace.nx("run-many", "-t", "verify-pins", "--allowLoopbackHttp");
    const both = ["pinned:verify-pins", "smoke/pins:verify-pins"];
    try {
      for (let run = 1; run <= 2; run += 1) {
        const well = await verify();
        expectSuccess(well);
        expect(tasksOf(well)).toEqual({ ran: both, replayed: [] });
      }
      body = "other bytes!\n";
      const drifted = await verify();
      expect(Object.values(drifted.tasks).map(({ status }) => status)).toEqual([1, 1]);
      expect(drifted.output).toContain("smoke/a.pins.json:1");
      expect(JSON.parse(workspace.read("dist/pins/smoke.json"))).toMatchObject({ counts: { drift: 1 } });
      workspace.write("smoke/a.pins.json", `${workspace.read("smoke/a.pins.json")}\n`);
      const affected = await workspace.nx("affected", "-t", "verify-pins", "--files", "smoke/a.pins.json");
      expect(Object.keys(affected.tasks)).toEqual(["smoke/pins:verify-pins"]);
      expectSuccess(await workspace.nx("g", "@imagegate/nx:pins-ci"));
      expect(workspace.read(".github/workflows/imagegate-pins.yml")).toContain('- "manifests/pinned/**"');
    } finally {
      server.close();
      for (const folder of ["smoke", "manifests/pinned"]) {
        rmSync(join(workspace.root, folder), { recursive: true });
      }
    }
  });

  test("a batch reports every task: one broken family does not hide the others", async () => {
    const path = "manifests/printed/generate.mjs";
    const program = workspace.read(path);
    workspace.write(path, "process.exit(3);\n");
    const result = await workspace.nx("run-many", "-t", "check", "--skip-nx-cache");
    expect(result.code).not.toBe(0);
    const failed = Object.entries(result.tasks).filter(([, { status }]) => status !== 0);
    expect(failed.map(([id]) => id)).toEqual(["printed:check"]);
    expect(Object.keys(result.tasks)).toHaveLength(FAMILIES.length + 1);
    workspace.write(path, program);
  });

  test("without batches a task runs on its own, with the same text", async () => {
    const result = await workspace.nx("run-many", "-t", "check", "--skip-nx-cache", "--batch=false");
    expectSuccess(result);
    expect(Object.keys(result.tasks)).toHaveLength(FAMILIES.length + 1);
  });

  test("records among the definitions do not disturb generate, and check still reads them", async () => {
    const manifest = { version: "2", pipelines: [], sources: {} };
    const generator = { kind: "files", include: ["*.manifest.json"] };
    const config = { generator, records: { folder: "manifests/inner/sums" }, output: "manifests/inner/out" };
    workspace.write("manifests/inner/imagegate.json", JSON.stringify(config));
    workspace.write("manifests/inner/one.manifest.json", JSON.stringify(manifest));
    expectSuccess(await workspace.nx("run", "inner:generate"));
    expectSuccess(await workspace.nx("run", "inner:check"));
    expect(tasksOf(await workspace.nx("run", "inner:generate")).ran).toEqual([]);
    workspace.write("manifests/inner/sums/one.manifest.sum", "edited\n");
    const failed = await workspace.nx("run", "inner:check");
    expect(failed.tasks).toEqual({ "inner:check": { ran: true, status: 1 } });
    expect(tasksOf(await workspace.nx("run", "inner:generate")).replayed).toEqual(["inner:generate"]);
    expectSuccess(await workspace.nx("run", "inner:check"));
    rmSync(join(workspace.root, "manifests/inner"), { recursive: true });
  });

  test("a link to a manifest counts with what it points to", async () => {
    const generator = { kind: "files", include: ["*.manifest.json"] };
    workspace.write("manifests/linked/imagegate.json", JSON.stringify({ generator }));
    const write = (name: string): void =>
      workspace.write("data/one.json", JSON.stringify({ version: "2", pipelines: [{ name }], sources: {} }));
    write("first");
    symlinkSync("../../data/one.json", join(workspace.root, "manifests/linked/one.manifest.json"));
    expectSuccess(await workspace.nx("run", "linked:generate"));
    write("second");
    expect(tasksOf(await workspace.nx("run", "linked:generate")).ran).toEqual(["linked:generate"]);
    for (const folder of ["manifests/linked", "checksums/linked", "data"]) {
      rmSync(join(workspace.root, folder), { recursive: true });
    }
  });

  test("a broken imagegate.json is an error that names the file and the problem, whatever is run", async () => {
    const path = "manifests/existing/imagegate.json";
    const text = workspace.read(path);
    workspace.write(path, text.replace('"include"', '"inclde"'));
    const result = await workspace.nx("run-many", "-t", "check");
    expect(result.code).not.toBe(0);
    expect(result.output).toContain(path);
    expect(result.output).toContain("inclde");
    workspace.write(path, text);
  });

  test("a removed family leaves its records, and the check of the records fails", async () => {
    rmSync(join(workspace.root, "manifests/printed"), { recursive: true });
    const failed = await workspace.nx("run-many", "-t", "check", "-p", "checksums");
    expect(failed.code).not.toBe(0);
    expect(failed.output).toContain("checksums/printed");
    rmSync(join(workspace.root, "checksums/printed"), { recursive: true });
    expectSuccess(await workspace.nx("run", "checksums:check"));
  });

  test("with the last family gone the records are still guarded", async () => {
    for (const folder of ["manifests", "other"]) rmSync(join(workspace.root, folder), { recursive: true });
    const failed = await workspace.nx("run-many", "-t", "check");
    expect(failed.code).not.toBe(0);
    expect(Object.keys(failed.tasks)).toEqual(["checksums:check"]);
  });
});

async function installVersion(folder: string, version: string): Promise<void> {
  const file = await packFolder(join(REPOSITORY, "packages", folder), tarballs, version);
  const path = join(workspace.root, "package.json");
  const manifest = JSON.parse(readFileSync(path, "utf8")) as { devDependencies: Record<string, string> };
  manifest.devDependencies[npmName(folder)] = `file:${file}`;
  writeFileSync(path, JSON.stringify(manifest));
  await install(workspace);
}
