import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { filesFamily, makeWorkspace, manifest, type Workspace } from "../fixtures/workspace.ts";

const workspaces: Workspace[] = [];

async function open(files: Readonly<Record<string, string>>): Promise<Workspace> {
  const workspace = await makeWorkspace(files);
  workspaces.push(workspace);
  return workspace;
}

afterEach(async () => {
  for (const workspace of workspaces.splice(0)) await workspace.remove();
});

describe("check after generate", () => {
  it("tells what changed, what is new, what is gone and what belongs to nobody, and how to accept it", async () => {
    const workspace = await open(filesFamily("alpha", ["a", "b", "c"]));
    const generated = await workspace.run(["generate"]);
    expect(generated).toMatchObject({ code: 0, stderr: "alpha: generating\n" });
    expect(generated.stdout).toContain("recorded  alpha: 3 manifests: 0 changed, 3 added, 0 removed");
    const same = await workspace.run(["check"]);
    expect(same.code).toBe(0);
    expect(same.stdout).toContain("same  alpha: 3 manifests: 0 changed, 0 added, 0 removed");

    await workspace.write("alpha/m/a.json", manifest("other"));
    await workspace.write("alpha/m/d.json", manifest("d"));
    await rm(join(workspace.root, "alpha/m/b.json"));
    await workspace.write("checksums/alpha/c.sum", "<<<<<<< HEAD\n");
    await workspace.write("checksums/gone/x.sum", "");
    const { code, stdout } = await workspace.run(["check"]);
    expect(code).toBe(1);
    const lines = stdout.split("\n");
    expect(lines.slice(0, 7)).toEqual([
      "changed     a  (pipeline os)",
      '    os › org.osbuild.hostname › /options/hostname: "a" → "other"',
      "removed     b",
      "conflicted  c",
      "    checksums/alpha/c.sum: the record holds an unresolved merge conflict",
      '    found:    line 1: "<<<<<<< HEAD"',
      "added       d",
    ]);
    expect(stdout).toContain("differs  alpha: 3 manifests: 1 changed, 1 added, 1 removed, 1 damaged");
    expect(stdout).toContain("\nto accept: npx imagegate generate alpha\n");
    expect(stdout).toContain("orphaned  checksums/gone: 1 file of no family\n");
    expect(lines.at(-2)).toBe("to accept: rm -r -- checksums/gone");

    const named = await workspace.run(["check", "alpha"]);
    expect(named.stdout).not.toContain("orphaned");
    const json = JSON.parse((await workspace.run(["check", "--json"])).stdout);
    expect(json).toMatchObject({
      verdict: "differs",
      failures: [],
      orphans: [{ folder: "checksums/gone", files: 1 }],
      families: [{ family: "alpha", verdict: "differs", summary: { manifests: 3, changed: 1, damaged: 1 } }],
    });
  });

  it("runs every family, though one fails, and lets the worst code win", async () => {
    const workspace = await open({
      ...filesFamily("alpha", ["a"]),
      "broken/imagegate.json": '{"generator":{"kind":"files","include":["*.none"]}}',
      "images/imagegate.json": '{"generator":{"kind":"module","entry":"./images.mjs"}}',
      "images/images.mjs": `export default [{ name: "one", manifest: ${manifest("one")} }];`,
    });
    const { code, stdout, stderr } = await workspace.run(["check", "--json", "--timings", "t.json"]);
    expect(code).toBe(2);
    const report = JSON.parse(stdout);
    expect(report.verdict).toBe("undecided");
    expect(report.families.map(({ family }: { family: string }) => family)).toEqual(["alpha", "images"]);
    expect(report.failures).toMatchObject([
      { family: "broken", reason: "no-match", next: expect.stringMatching(/npx imagegate check broken$/) },
    ]);
    expect(stderr).toContain("error: broken: no file matches");
    const timings = JSON.parse(await readFile(join(workspace.root, "t.json"), "utf8"));
    expect(timings.families).toMatchObject([
      { family: "alpha", manifests: 1 },
      { family: "images", manifests: 1 },
    ]);
  });

  it("prints the verdict before it fails for timings that cannot be written", async () => {
    const workspace = await open({ ...filesFamily("alpha", ["a"]), "checksums/.gitkeep": "" });
    const { code, stdout, stderr } = await workspace.run(["check", "--timings", "no/such/folder/t.json"]);
    expect(code).toBe(2);
    expect(stdout).toContain("differs  alpha");
    expect(stderr).toContain("no/such/folder/t.json cannot be written");
    expect(await readdir(join(workspace.root, "checksums"))).toEqual([".gitkeep"]);
  });

  it("uses one configuration and no others when told so", async () => {
    const workspace = await open({ ...filesFamily("alpha", ["a"]), "beta/imagegate.json": "{" });
    const whole = await workspace.run(["check"]);
    expect(whole.code).toBe(2);
    expect(whole.stderr).toContain("beta/imagegate.json cannot be read");
    const one = await workspace.run(["generate", "--config", "imagegate.json"], {
      cwd: join(workspace.root, "alpha"),
    });
    expect(one).toMatchObject({ code: 0 });
    expect(await readdir(join(workspace.root, "checksums/alpha"))).toEqual(["a.sum"]);
    const root = join(workspace.root, "alpha");
    const other = await workspace.run(["check", "--root", "alpha"]);
    expect(other.stdout).toContain("to accept: npx imagegate generate images --root alpha\n");
    expect(await readdir(root)).toEqual(["imagegate.json", "m"]);
    const outside = await workspace.run(["check", "--config", "alpha/imagegate.json", "--root", "beta"]);
    expect(outside).toMatchObject({ code: 2, stdout: "" });
    expect(outside.stderr).toContain("stands outside the workspace");
  });
});

describe("check of shards", () => {
  it("together say what the whole says, strays and folders of no family included, each once", async () => {
    const workspace = await open(filesFamily("alpha", ["a", "b", "c", "d", "e"]));
    await workspace.run(["generate"]);
    await workspace.write("alpha/m/a.json", manifest("other"));
    await workspace.write("checksums/alpha/gone.sum", "");
    await workspace.write("checksums/alpha/stray.txt", "");
    await workspace.write("checksums/lost/x.sum", "");
    const noticed: string[] = [];
    for (const shard of ["1/3", "2/3", "3/3"]) {
      const { stdout } = await workspace.run(["check", "--shard", shard]);
      noticed.push(
        ...stdout.split("\n").filter((line) => /^(changed|removed|unreadable|orphaned)/.test(line)),
      );
      expect(stdout).toContain(`checked shard ${shard.replace("/", " of ")}; the others decide with it\n`);
      if (stdout.includes("to accept")) expect(stdout).not.toContain("generate alpha --shard");
    }
    const words = noticed.map((line) => line.split(/ +/).slice(0, 2).join(" ")).sort();
    expect(words).toEqual(["changed a", "orphaned checksums/lost:", "removed gone", "unreadable stray.txt"]);
    const json = await workspace.run(["check", "--shard", "1/1", "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      shard: { index: 1, count: 1 },
      verdict: "differs",
      families: [{ summary: { manifests: 5, changed: 1, removed: 1, damaged: 1 } }],
    });
  });

  it("fails for what is no part, names the shard in what to run next, and is not for generate", async () => {
    const workspace = await open({
      "alpha/imagegate.json": '{"generator":{"kind":"files","include":["*.none"]}}',
    });
    for (const shard of ["0/3", "4/3", "3", "a/b", "1/0"]) {
      const { code, stderr } = await workspace.run(["check", "--shard", shard]);
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("--shard takes a part") });
    }
    const failed = await workspace.run(["check", "--shard", "2/3"]);
    expect(failed.stderr).toContain("npx imagegate check alpha --shard 2/3");
    const generated = await workspace.run(["generate", "--shard", "1/3"]);
    expect(generated).toMatchObject({ code: 2, stdout: "" });
    expect(generated.stderr).toContain("--shard");
  });
});

describe("check without families", () => {
  it("fails where there is no configuration, and for a family that is not there", async () => {
    const empty = await open({});
    const none = await empty.run(["check", "--json"]);
    expect(none.code).toBe(2);
    expect(JSON.parse(none.stdout)).toMatchObject({
      verdict: "undecided",
      failures: [{ reason: "config-none-found" }],
    });
    await empty.write("alpha/imagegate.json", '{"generator":{"kind":"files","include":["*.x"]}}');
    const unknown = await empty.run(["check", "beta"]);
    expect(unknown).toMatchObject({ code: 2, stdout: "" });
    expect(unknown.stderr).toContain("expected: one of alpha");
  });
});
