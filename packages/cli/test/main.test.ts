import { existsSync, readFileSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { filesFamily, makeWorkspace, manifest, type Workspace } from "./fixtures/workspace.ts";

let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace({
    ...filesFamily("alpha", ["a", "b"]),
    "hang/imagegate.json":
      '{"generator":{"kind":"command","argv":["node","hang.mjs"],"output":"single","list":["one"]}}',
    "hang/hang.mjs":
      'import { writeFileSync } from "node:fs"; writeFileSync("pid", String(process.pid)); setInterval(() => {}, 1000);',
    "checksums/hang/one.sum": "as it was",
  });
});
afterAll(() => workspace.remove());

describe("a run that is interrupted", () => {
  it("ends with 130, leaves no process behind and touches no record", async () => {
    const pidFile = join(workspace.root, "hang/pid");
    const { process: cli, ended } = workspace.start(["generate", "hang"]);
    const wait = { timeout: 60_000, interval: 20 };
    await vi.waitUntil(() => existsSync(pidFile) && readFileSync(pidFile, "utf8") !== "", wait);
    const pid = Number(await readFile(pidFile, "utf8"));
    cli.kill("SIGINT");
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr).toContain(
      "error: hang: cancelled; no record was touched\n  next:     npx imagegate generate hang",
    );
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
    expect(await readFile(join(workspace.root, "checksums/hang/one.sum"), "utf8")).toBe("as it was");
  });
});

describe("the output", () => {
  it("ends quietly and undecided when its reader goes away", async () => {
    const { process: cli, ended } = workspace.start(["fingerprint", "alpha/m/a.json", "alpha/m/b.json"]);
    cli.stdout?.destroy();
    expect(await ended).toMatchObject({ code: 2, stderr: "" });
  });

  it("is coloured when told so, and never under NO_COLOR or for want of a terminal", async () => {
    const colours = [{ FORCE_COLOR: "1" }, { FORCE_COLOR: "1", NO_COLOR: "1" }, { CI: "1" }];
    const args = ["check", "nobody"];
    const runs = await Promise.all(colours.map((env) => workspace.start(args, { env }).ended));
    expect(runs.map(({ code }) => code)).toEqual([2, 2, 2]);
    expect(runs[0]?.stderr).toContain("\u001b[31merror:");
    expect(runs[1]?.stderr).not.toContain("\u001b");
    expect(runs[2]?.stderr).not.toContain("\u001b");
  });
});

describe("the command line", () => {
  it("answers with 0, reads stdin, and takes a missing command for a mistake", async () => {
    const [version, piped, missing] = await Promise.all([
      workspace.start(["--version"]).ended,
      workspace.start(["fingerprint", "--json", "-"], { input: manifest("in") }).ended,
      workspace.start([]).ended,
    ]);
    expect(version).toMatchObject({ code: 0, stderr: "" });
    expect(version?.stdout).toMatch(/^imagegate\/\d+\.\d+\.\d+ /);
    expect(piped).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(piped?.stdout ?? "")).toMatchObject({ name: "-" });
    expect(missing).toMatchObject({ code: 2, stdout: "" });
    expect(missing?.stderr).toContain("npx imagegate --help");
  });

  it("says that a result could not be written", async () => {
    if (!existsSync("/dev/full")) return;
    const full = await open("/dev/full", "w");
    try {
      const { process: cli, ended } = workspace.start(["schema"], { stdout: full.fd });
      const { code, stderr } = await ended;
      expect(code).toBe(2);
      expect(stderr).toContain("stdout cannot be written");
      expect(cli.stdout).toBeNull();
    } finally {
      await full.close();
    }
  });
});
