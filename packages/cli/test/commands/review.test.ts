import { execFile, spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { filesFamily, makeWorkspace, manifest, type Workspace } from "../fixtures/workspace.ts";

const PTY = fileURLToPath(new URL("../fixtures/terminal.py", import.meta.url));
const BIN = fileURLToPath(new URL("../../bin/imagegate.cjs", import.meta.url));

const hasPython = spawnSync("python3", ["-c", "import pty, termios; termios.tcsetwinsize"]).status === 0;
if (!hasPython) console.warn("NOT RUN: there is no python3 (3.11) to open a terminal with");

const LEAVES_ITS_SCREEN = "\u001B[?1049l";

const workspaces: Workspace[] = [];

/** A family of two manifests, of which `b` is another now. */
async function moved(): Promise<Workspace> {
  const workspace = await makeWorkspace(filesFamily("demo", ["a", "b"]));
  workspaces.push(workspace);
  expect(await workspace.run(["generate"])).toMatchObject({ code: 0 });
  await workspace.write("demo/m/b.json", manifest("other"));
  return workspace;
}

afterEach(async () => {
  for (const workspace of workspaces.splice(0)) await workspace.remove();
});

/** Types keys into a review, each once the words before it have been shown. */
async function review({ root }: Workspace, steps: readonly (readonly [string, string])[]) {
  const task = JSON.stringify({ argv: [process.execPath, BIN, "review", "--root", root], steps });
  const env = { ...process.env, IMAGEGATE_CACHE_DIR: join(root, ".cache"), NO_COLOR: "1" };
  const { stdout } = await promisify(execFile)("python3", [PTY, task], { env });
  return JSON.parse(stdout) as { code: number; output: string; restored: boolean };
}

describe("review without a terminal", () => {
  it("is refused, with the commands that work without", async () => {
    const workspace = await moved();
    const { code, stderr } = await workspace.run(["review"]);
    expect(code).toBe(2);
    expect(stderr).toContain("npx imagegate accept --cause ID");
  });
});

describe.runIf(hasPython)("review on a terminal", () => {
  it("records what is accepted", async () => {
    const workspace = await moved();
    const { code, output, restored } = await review(workspace, [
      ["finish", "d"],
      ["hostname", "q"],
      ["finish", "a"],
      ["1 accepted", "q"],
      ["will be written", "y"],
    ]);
    expect(output).toContain("accepted  b");
    expect({ code, restored }).toEqual({ code: 0, restored: true });
    expect(await workspace.run(["check"])).toMatchObject({ code: 0 });
  });

  it("leaves everything as it was on Ctrl-C, the terminal too", async () => {
    const workspace = await moved();
    const before = await readFile(join(workspace.root, "checksums/demo/b.sum"), "utf8");
    const { code, output, restored } = await review(workspace, [
      ["finish", "a"],
      ["1 accepted", "\u0003"],
    ]);
    expect({ code, restored }).toEqual({ code: 130, restored: true });
    expect(output.split(LEAVES_ITS_SCREEN).at(-1)).toContain("nothing was written");
    expect(await readFile(join(workspace.root, "checksums/demo/b.sum"), "utf8")).toBe(before);
  });

  it("draws nothing more once it was left, whatever is still looked up", async () => {
    const workspace = await moved();
    const { output } = await review(workspace, [["finish", "d\u0003"]]);
    expect(output.split(LEAVES_ITS_SCREEN).at(-1)).toMatch(/^nothing was written\s*$/);
  });
});
