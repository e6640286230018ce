import { execFile, spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LocalServer } from "../../../pins/test/fixtures/server.ts";
import { SHA256, startPinnedServer, urlOf } from "../fixtures/pinned-server.ts";
import { makeWorkspace, type Workspace } from "../fixtures/workspace.ts";

const PTY = fileURLToPath(new URL("../fixtures/terminal.py", import.meta.url));
const BIN = fileURLToPath(new URL("../../bin/imagegate.cjs", import.meta.url));

const hasPython = spawnSync("python3", ["-c", "import pty, termios; termios.tcsetwinsize"]).status === 0;
if (!hasPython) console.warn("NOT RUN: there is no python3 (3.11) to open a terminal with");

const env = { HTTP_PROXY: "", http_proxy: "", CI: "" };
const OLD = "a".repeat(64);

let server: LocalServer;
let workspace: Workspace;
let text: string;

beforeAll(async () => {
  server = await startPinnedServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  text = `{ "pins": [
    { "name": "moved", "urls": ["${urlOf(server, "ok")}"],   "sha256": "${OLD}", "size": 1 },
    { "name": "gone", "urls": ["${urlOf(server, "gone")}"], "sha256": "${OLD}" }
  ] }
`;
  workspace = await makeWorkspace({ "a.pins.json": text });
});
afterEach(() => workspace.remove());

function update(...args: readonly string[]) {
  return workspace.run(["pins", "update", "--allow-loopback-http", ...args], { env });
}

const written = (): Promise<string> => readFile(join(workspace.root, "a.pins.json"), "utf8");

describe("pins update", () => {
  it("shows old and new with evidence, and writes what was agreed to in its place", async () => {
    const { code, stdout } = await update("--yes", "moved", "a.pins.json");
    expect(code).toBe(0);
    expect(stdout).toContain(`  sha256  old  ${OLD}\n          new  ${SHA256}\n`);
    expect(stdout).toContain("application/octet-stream");
    expect(await written()).toBe(text.replace(OLD, SHA256).replace('"size": 1 ', '"size": 13 '));
    expect(await update("moved", "a.pins.json")).toMatchObject({
      code: 0,
      stdout: "nothing to update: 1 pin as pinned\n",
    });
  });

  it("writes nothing where nobody can agree", async () => {
    const { code, stderr } = await update("moved", "a.pins.json");
    expect(code).toBe(2);
    expect(stderr).toContain("nobody is there to agree");
    expect(stderr).toContain("npx imagegate pins update --allow-loopback-http moved a.pins.json --yes");
    expect(await written()).toBe(text);
  });

  it("writes nothing when one of its pins gives no artifact", async () => {
    const { code, stderr } = await update("--yes", "--all", "a.pins.json");
    expect(code).toBe(2);
    expect(stderr).toContain("found:    gone (status-404)");
    expect(await written()).toBe(text);
  });

  it("names the pins that must be updated together, and then writes what can be verified", async () => {
    const url = urlOf(server, "ok");
    const pin = (name: string) => ({ name, urls: [url], sha256: OLD });
    await writeFile(join(workspace.root, "a.pins.json"), JSON.stringify({ pins: [pin("m"), pin("n")] }));
    const { code, stderr } = await update("--yes", "m", "a.pins.json");
    expect(code).toBe(2);
    expect(stderr).toContain("npx imagegate pins update m n a.pins.json");
    expect(await written()).not.toContain(SHA256);
    expect(await update("--yes", "m", "n", "a.pins.json")).toMatchObject({ code: 0 });
    const verify = ["pins", "verify", "--allow-loopback-http", "a.pins.json"];
    expect(await workspace.run(verify, { env })).toMatchObject({ code: 0 });
  });

  it.each([
    ["no file", []],
    ["neither names nor --all", ["a.pins.json"]],
    ["both", ["--all", "moved", "a.pins.json"]],
    ["an unknown name", ["other", "a.pins.json"]],
    ["a file that is not there", ["--all", "b.pins.json"]],
  ])("refuses %s", async (_, args) => {
    expect(await update("--yes", ...args)).toMatchObject({ code: 2, stdout: "" });
    expect(await written()).toBe(text);
  });
});

describe.runIf(hasPython)("pins update on a terminal", () => {
  it.each([
    ["y\r", 0],
    ["n\r", 1],
    ["\u0004", 1],
    ["\u0003", 130],
    ["y\u0003", 130],
  ])("is answered with %j, and ends with %i", async (keys, expected) => {
    const argv = [process.execPath, BIN, "pins", "update", "--allow-loopback-http", "moved"];
    const path = join(workspace.root, "a.pins.json");
    const task = JSON.stringify({
      argv: [...argv, "--root", workspace.root, path],
      steps: [["[y/N]", keys]],
    });
    const cache = { IMAGEGATE_CACHE_DIR: join(workspace.root, ".cache") };
    const { stdout } = await promisify(execFile)("python3", [PTY, task], {
      env: { ...process.env, ...env, ...cache },
    });
    const { code, output, restored } = JSON.parse(stdout);
    expect({ code, restored }).toEqual({ code: expected, restored: true });
    expect(output.includes("nothing was written")).toBe(expected !== 0);
    expect((await written()) === text).toBe(expected !== 0);
  });
});
