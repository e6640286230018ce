import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { filesFamily, makeWorkspace, manifest, type Workspace } from "../fixtures/workspace.ts";

const workspaces: Workspace[] = [];

/** A family of two manifests whose records are right. */
async function open(): Promise<Workspace> {
  const workspace = await makeWorkspace(filesFamily("demo", ["a", "b"]));
  workspaces.push(workspace);
  expect(await workspace.run(["generate"])).toMatchObject({ code: 0 });
  return workspace;
}

afterEach(async () => {
  for (const workspace of workspaces.splice(0)) await workspace.remove();
});

const explain = ["check", "--explain", "--json"];

describe("check --explain", () => {
  it("passes as check does", async () => {
    const workspace = await open();
    const { code, stdout } = await workspace.run(explain);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: "same", unchanged: 2, causes: [], failures: [] });
  });

  it("fails as check does, and tells the cause", async () => {
    const workspace = await open();
    await workspace.write("demo/m/b.json", manifest("other"));
    const { code, stdout } = await workspace.run(explain);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: "differs",
      changed: 1,
      unchanged: 1,
      causes: [{ manifests: ["b"] }],
      locations: [{ manifest: "b", path: "checksums/demo/b.sum" }],
    });
    expect(await workspace.run(["check", "--explain"])).toMatchObject({ code: 1 });
  });

  it("says of records that only digests are known of", async () => {
    const workspace = await open();
    await rm(join(workspace.root, ".cache"), { recursive: true });
    await workspace.write("demo/m/b.json", manifest("other"));
    const { code, stdout } = await workspace.run(explain);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      unexplained: [{ name: "b", because: expect.stringContaining("no commit holds this record") as string }],
    });
  });

  it("names records that are damaged, and files that belong to nobody", async () => {
    const workspace = await open();
    await workspace.write("checksums/demo/a.sum", "<<<<<<< ours\n");
    await workspace.write("checksums/demo/notes.txt", "");
    await workspace.write("checksums/gone/x.sum", "");
    const { code, stdout } = await workspace.run(explain);
    expect(code).toBe(1);
    const { failures, unexplained } = JSON.parse(stdout) as { failures: string[]; unexplained: object[] };
    expect(failures).toEqual([
      "checksums/demo/a.sum: the record holds an unresolved merge conflict",
      "checksums/demo/notes.txt: this is no record",
      "checksums/gone: 1 file of no family",
    ]);
    expect(unexplained).toMatchObject([{ name: "a" }]);
  });

  it("is undecided when a family cannot be generated, whatever the others are", async () => {
    const workspace = await open();
    await mkdir(join(workspace.root, "broken"));
    await writeFile(
      join(workspace.root, "broken/imagegate.json"),
      '{"generator":{"kind":"files","include":["*.gone"]}}',
    );
    const { code, stdout } = await workspace.run(explain);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: "undecided", unchanged: 2 });
  });

  it("never passes when its report cannot be written", async () => {
    const workspace = await open();
    expect(await workspace.run(["check", "--explain", "--output", "gone/x"])).toMatchObject({ code: 2 });
  });

  it.each([
    [["--format", "html"], "--format and --output go with --explain or --each"],
    [["--each", "main", "--shard", "1/2"], "--each and --shard exclude each other"],
  ])("refuses %j", async (args, problem) => {
    const workspace = await open();
    const { code, stderr } = await workspace.run(["check", ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(problem);
  });
});
