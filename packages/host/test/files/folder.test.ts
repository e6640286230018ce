import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeFolder, makeFolderSync } from "../../src/files/folder.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "imagegate-folder-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe.each([
  ["makeFolder", makeFolder],
  ["makeFolderSync", async (path: string, mode?: number) => makeFolderSync(path, mode)],
])("%s", (_, make) => {
  it("makes a folder and those above it, with the mode that was asked for", async () => {
    await make(join(root, "a", "b", "c"), 0o700);
    expect(statSync(join(root, "a", "b", "c")).mode & 0o777).toBe(0o700);
    expect(statSync(join(root, "a")).mode & 0o777).toBe(0o700);
  });

  it("is content with a folder that is there", async () => {
    await make(join(root, "a"));
    await make(join(root, "a"));
    expect(statSync(join(root, "a")).isDirectory()).toBe(true);
  });

  it("gives the system's error for a folder below a file", async () => {
    writeFileSync(join(root, "file"), "");
    await expect(make(join(root, "file", "a", "b"))).rejects.toMatchObject({ code: "ENOTDIR" });
  });

  it.runIf(existsSync("/proc/self"))("returns where a file system lets nobody make a folder", async () => {
    await expect(make("/proc/imagegate-nobody/a")).rejects.toMatchObject({ code: "ENOENT" });
  });
});
