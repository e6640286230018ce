import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findFiles } from "../../src/files/find-files.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "imagegate-find-"));
  mkdirSync(join(root, "a", "b"), { recursive: true });
  writeFileSync(join(root, "a", "b", "2.json"), "{}");
  writeFileSync(join(root, "a", "1.json"), "{}");
});
afterEach(() => {
  chmodSync(join(root, "a", "b"), 0o755);
  rmSync(root, { recursive: true, force: true });
});

describe("findFiles", () => {
  it("finds what matches, sorted, and nothing where there is nothing", async () => {
    expect(await findFiles(["**/*.json"], { cwd: root })).toEqual({
      ok: true,
      value: ["a/1.json", "a/b/2.json"],
    });
    expect(await findFiles(["none/*.json"], { cwd: root })).toEqual({ ok: true, value: [] });
    expect(await findFiles([], { cwd: root })).toEqual({ ok: true, value: [] });
  });

  it("gives links that lead nowhere and pipes to whoever reads them", async () => {
    symlinkSync("nowhere", join(root, "a", "dangling.json"));
    expect(spawnSync("mkfifo", [join(root, "a", "pipe.json")]).status).toBe(0);
    const found = await findFiles(["a/*.json"], { cwd: root });
    expect(found).toEqual({ ok: true, value: ["a/1.json", "a/dangling.json", "a/pipe.json"] });
  });

  it("finds files by their whole name, in folders, through links and whatever they are", async () => {
    for (const folder of ["", "a", "a/b", "other"]) {
      mkdirSync(join(root, folder), { recursive: true });
      for (const name of ["one.json", "one.json.bak", "xone.json"])
        writeFileSync(join(root, folder, name), "");
    }
    mkdirSync(join(root, "a", "one.json.d"));
    symlinkSync("one.json", join(root, "a", "link.json"));
    symlinkSync("nowhere", join(root, "other", "two.json"));
    symlinkSync("other", join(root, "linked"));
    const everywhere = ["a/b/one.json", "a/one.json", "linked/one.json", "one.json", "other/one.json"];
    expect(await findFiles(["**/one.json"], { cwd: root })).toEqual({ ok: true, value: everywhere });
    const some = ["a/link.json", "a/one.json", "linked/two.json", "other/two.json"];
    expect(await findFiles(["a/one.json", "a/link.json", "**/two.json"], { cwd: root })).toEqual({
      ok: true,
      value: some,
    });
    const ignore = ["a/**"];
    expect(await findFiles(["**/one.json"], { cwd: root, ignore, followSymbolicLinks: false })).toEqual({
      ok: true,
      value: ["one.json", "other/one.json"],
    });
    expect(await findFiles(["**/one.json", "a/*.bak"], { cwd: root })).toEqual({
      ok: true,
      value: [...everywhere, "a/one.json.bak"].sort(),
    });
  });

  it("fails for a folder that cannot be listed, instead of taking it for empty", async () => {
    chmodSync(join(root, "a", "b"), 0);
    if (process.getuid?.() !== 0) {
      const found = await findFiles(["**/*.json"], { cwd: root });
      expect(found).toMatchObject({ ok: false, failure: { reason: "folder-unreadable", code: "EACCES" } });
      return;
    }
    // Root reads everything: a process looks instead that has loaded the program, and then gives its powers away.
    chmodSync(root, 0o755);
    const module = new URL("../../dist/index.js", import.meta.url).href;
    const script = `const { findFiles } = await import(${JSON.stringify(module)});
      const find = () => findFiles(["**/*.json"], { cwd: ${JSON.stringify(root)} });
      await find();
      process.setuid(65534);
      console.log(JSON.stringify(await find()));`;
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
      encoding: "utf8",
    });
    expect(JSON.parse(stdout || JSON.stringify(stderr))).toMatchObject({
      ok: false,
      failure: { reason: "folder-unreadable", code: "EACCES" },
    });
  });
});
