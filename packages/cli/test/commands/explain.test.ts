import { execFileSync } from "node:child_process";
import { lstat, readFile, symlink, writeFile } from "node:fs/promises";
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

/** Two folders of two manifests, of which one differs. */
function folders(): Promise<Workspace> {
  return open({
    "old/a.json": manifest("a"),
    "old/b.json": manifest("b"),
    "new/a.json": manifest("a"),
    "new/b.json": manifest("other"),
  });
}

describe("explain of two folders", () => {
  it("exits 0 when they differ, and prints the report as JSON", async () => {
    const workspace = await folders();
    const { code, stdout } = await workspace.run(["explain", "--from", "old", "--to", "new", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      from: "old",
      to: "new",
      verdict: null,
      changed: 1,
      added: 0,
      removed: 0,
      unchanged: 1,
      causes: [{ class: "rebuild", manifests: ["b"] }],
    });
  });

  it.each([
    ["text", /1 changed/],
    ["markdown", /changed/],
    ["html", /^<!doctype html>/i],
    ["json", /^\{/],
    ["sarif", /"version": ?"2\.1\.0"/],
    ["junit", /<testsuite/],
    ["annotations", /^::/],
  ])("as %s", async (format, expected) => {
    const workspace = await folders();
    const args = ["explain", "--from", "old", "--to", "new", "--format", format];
    const { code, stdout } = await workspace.run(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(expected);
  });

  it("reads names as a named configuration says", async () => {
    const workspace = await open({
      "old/x_ami.json": manifest("a"),
      "old/y_ami.json": manifest("a"),
      "new/x_ami.json": manifest("b"),
      "new/y_ami.json": manifest("b"),
      "old/x_oci.json": manifest("a"),
      "new/x_oci.json": manifest("a"),
      "families/demo/imagegate.json": JSON.stringify({
        generator: { kind: "files", include: ["*.json"] },
        profile: { separator: "_", parts: [{ name: "product", word: "of" }, { name: "type" }] },
      }),
    });
    const args = ["explain", "--from", "old", "--to", "new", "--json"];
    const scopes = async (...more: readonly string[]): Promise<unknown> => {
      const { code, stdout } = await workspace.run([...args, ...more]);
      expect(code).toBe(0);
      return (JSON.parse(stdout) as { causes: { scope: string }[] }).causes.map(({ scope }) => scope);
    };
    expect(await scopes("--config", "families/demo/imagegate.json")).toEqual(["all 2 ami"]);
    expect(await scopes()).toEqual(["x_ami; y_ami"]);
    expect(await workspace.run([...args, "--config", "none/imagegate.json"])).toMatchObject({ code: 2 });
  });

  it("writes a file instead, whole or not at all", async () => {
    const workspace = await folders();
    const args = ["explain", "--from", "old", "--to", "new", "--format", "json", "--output"];
    expect(await workspace.run([...args, "report.json"])).toMatchObject({ code: 0, stdout: "" });
    const report = JSON.parse(await readFile(join(workspace.root, "report.json"), "utf8")) as object;
    expect(report).toMatchObject({ changed: 1 });
    const { code, stderr } = await workspace.run([...args, "gone/report.json"]);
    expect(code).toBe(2);
    expect(stderr).toContain("report.json cannot be written");
  });

  it("writes to a device and through a link, and puts no file in their place", async () => {
    const workspace = await folders();
    const args = ["explain", "--from", "old", "--to", "new", "--format", "json", "--output"];
    const [pipe, link] = [join(workspace.root, "pipe"), join(workspace.root, "latest.json")];
    execFileSync("mkfifo", [pipe]);
    await symlink("report.json", link);
    await writeFile(join(workspace.root, "report.json"), "old");
    const [{ code }, piped] = await Promise.all([workspace.run([...args, "pipe"]), readFile(pipe, "utf8")]);
    expect(code).toBe(0);
    expect(JSON.parse(piped)).toMatchObject({ changed: 1 });
    expect((await lstat(pipe)).isFIFO()).toBe(true);
    expect(await workspace.run([...args, "latest.json"])).toMatchObject({ code: 0 });
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect(await readFile(join(workspace.root, "report.json"), "utf8")).toBe(piped);
  });

  it.each([
    [["--from", "old"], "--from and --to go together"],
    [["--from", "old", "--to", "new", "main"], "different questions"],
    [["--json", "--format", "html"], "ask for different things"],
    [["--format", "pdf"], "--format takes one of"],
  ])("refuses %j", async (args, problem) => {
    const workspace = await folders();
    const { code, stderr } = await workspace.run(["explain", ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(problem);
  });

  it("exits 2 when a manifest is no JSON", async () => {
    const workspace = await folders();
    await writeFile(join(workspace.root, "new/b.json"), "{");
    const { code, stdout, stderr } = await workspace.run([
      "explain",
      "--from",
      "old",
      "--to",
      "new",
      "--json",
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain("b.json cannot be compared");
    expect(JSON.parse(stdout)).toMatchObject({ failures: [{ reason: "document-unreadable" }] });
  });
});

describe("explain of commits", () => {
  it("needs a repository, and says what works without", async () => {
    const workspace = await open(filesFamily("demo", ["a"]));
    const { code, stderr } = await workspace.run(["explain"]);
    expect(code).toBe(2);
    expect(stderr).toContain("is in no git repository");
    expect(stderr).toContain("npx imagegate explain --from FOLDER --to FOLDER");
  });
});
