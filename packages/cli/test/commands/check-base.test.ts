import { execFileSync } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filesFamily, makeWorkspace, manifest, type Workspace } from "../fixtures/workspace.ts";

let workspace: Workspace;

function git(...args: string[]): void {
  const identity = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...identity, ...args], { cwd: workspace.root, stdio: "ignore" });
}

async function explain(...args: readonly string[]) {
  const { code, stdout } = await workspace.run(["check", "--explain", "--json", ...args]);
  const { verdict, changed, causes } = JSON.parse(stdout) as {
    readonly verdict: string;
    readonly changed: number;
    readonly causes: readonly { readonly manifests: readonly string[] }[];
  };
  return { code, verdict, changed, manifests: causes.map((cause) => cause.manifests) };
}

beforeAll(async () => {
  workspace = await makeWorkspace({ ...filesFamily("demo", ["a", "b"]), ".gitignore": ".cache\n" });
  git("init", "-q");
  await workspace.run(["generate"]);
  git("add", "-A");
  git("commit", "-qm", "first");
  await workspace.write("demo/m/b.json", manifest("other"));
  await workspace.run(["generate"]);
  git("commit", "-qam", "second");
});
afterAll(() => workspace.remove());

describe("check --explain --base", () => {
  it("passes when all records are right, and says what the branch changed", async () => {
    expect(await explain()).toEqual({ code: 0, verdict: "same", changed: 0, manifests: [] });
    expect(await explain("--base", "HEAD~1")).toEqual({
      code: 0,
      verdict: "same",
      changed: 1,
      manifests: [["b"]],
    });
  });

  it("fails when a record is wrong, and says all that the branch changed", async () => {
    await workspace.write("demo/m/a.json", manifest("unrecorded"));
    const { code, verdict, changed, manifests } = await explain("--base", "HEAD~1");
    expect({ code, verdict, changed, manifests: manifests.flat().toSorted() }).toEqual({
      code: 1,
      verdict: "differs",
      changed: 2,
      manifests: ["a", "b"],
    });
    await workspace.write("demo/m/a.json", manifest("a"));
  });

  it("is undecided when a family cannot be generated", async () => {
    await workspace.write("broken/imagegate.json", '{"generator":{"kind":"files","include":["*.gone"]}}');
    expect(await explain("--base", "HEAD~1")).toMatchObject({ code: 2, verdict: "undecided" });
    await rm(join(workspace.root, "broken"), { recursive: true });
  });

  it("does not pass when the base is not there", async () => {
    const { code, stderr } = await workspace.run(["check", "--explain", "--base", "no-such-commit"]);
    expect(code).toBe(2);
    expect(stderr).toContain("no-such-commit");
  });

  it.each([
    [["--base", "HEAD"], "--base goes with --explain"],
    [["--explain", "--base", "HEAD~1..HEAD"], "--base takes one commit"],
    [["demo", "--explain", "--base", "HEAD"], "--base looks at all families"],
    [["--explain", "--base", "HEAD", "--shard", "1/2"], "--base looks at all families"],
  ])("takes no %j", async (args, said) => {
    const { code, stderr } = await workspace.run(["check", ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });
});
