import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filesFamily, makeWorkspace, manifest, type Workspace } from "../fixtures/workspace.ts";

let workspace: Workspace;

function git(...args: string[]): void {
  const identity = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...identity, ...args], { cwd: workspace.root, stdio: "ignore" });
}

beforeAll(async () => {
  workspace = await makeWorkspace({ ...filesFamily("alpha", ["a"]), ".gitignore": ".cache\n" });
  git("init", "-q");
  await workspace.run(["generate"]);
  git("add", "-A");
  git("commit", "-qm", "first \u001b[31m");
  await workspace.write("alpha/m/a.json", manifest("other"));
  await workspace.run(["generate"]);
  git("commit", "-qam", "second");
});
afterAll(() => workspace.remove());

describe("compare", () => {
  it("finds a recorded manifest of a revision in the cache and tells what a file changed", async () => {
    const { code, stdout } = await workspace.run(["compare", "HEAD~1:a", "alpha/m/a.json"]);
    expect(code).toBe(1);
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toMatch(/^- sha256:[0-9a-f]{64} {2}HEAD~1:a$/);
    expect(lines.slice(2)).toEqual([
      'os › org.osbuild.hostname › /options/hostname: "a" → "other"',
      "1 difference",
    ]);
    const json = await workspace.run(["compare", "HEAD:a", "alpha/m/a.json", "--json"]);
    expect(json.code).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({ identical: true, differences: [] });
  });

  it("says which operand is at fault", async () => {
    const { code, stderr, stdout } = await workspace.run(["compare", "alpha/m/a.json", "nothing"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain('error: nothing: "nothing" is nothing that can be compared');
  });
});

describe("history", () => {
  it("tells the commits, newest first, and what moved, without obeying their subjects", async () => {
    const { code, stdout } = await workspace.run(["history", "a"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^[0-9a-f]{40} {2}\S+ {2}changed\n {2}second\n {2}- [0-9a-f]{64} {2}manifest\n/);
    expect(stdout).toContain("first \\u001b[31m");
    const json = await workspace.run(["history", "alpha/a", "--json", "--limit", "1"]);
    const { entries } = JSON.parse(json.stdout);
    expect(entries).toMatchObject([{ subject: "second", state: "changed", record: { form: "lines" } }]);
  });
});

describe("cache", () => {
  it("counts, shows, verifies and prunes", async () => {
    const info = JSON.parse((await workspace.run(["cache", "info", "--json"])).stdout);
    expect(info.kinds.map(({ kind }: { kind: string }) => kind)).toContain("manifest");
    const { manifest: digest } = JSON.parse(
      (await workspace.run(["fingerprint", "--json", "alpha/m/a.json"])).stdout,
    );
    const shown = await workspace.run(["cache", "show", digest, "--json"]);
    expect(JSON.parse(shown.stdout).entries).toMatchObject([{ kind: "manifest", state: "whole" }]);
    const text = await workspace.run(["cache", "show", digest.slice(7, 17)]);
    expect(text).toMatchObject({ code: 0, stderr: "" });
    const verified = await workspace.run(["cache", "verify"]);
    expect(verified.code).toBe(0);

    const { path } = JSON.parse(shown.stdout).entries[0];
    await workspace.write(path.slice(workspace.root.length + 1), "damaged");
    const damaged = await workspace.run(["cache", "verify"]);
    expect(damaged.code).toBe(1);
    expect(damaged.stdout).toContain("npx imagegate cache verify --remove");
    expect(await workspace.run(["cache", "verify", "--remove"])).toMatchObject({ code: 0 });

    const pruned = await workspace.run(["cache", "prune", "--max-size", "0", "--json"]);
    expect(JSON.parse(pruned.stdout)).toMatchObject({ kept: 0, failed: 0 });
    const unknown = await workspace.run(["cache", "show", digest]);
    expect(unknown).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("schema", () => {
  it("prints the JSON Schema of a configuration", async () => {
    const { code, stdout } = await workspace.run(["schema"]);
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(stdout).properties)).toContain("generator");
  });
});
