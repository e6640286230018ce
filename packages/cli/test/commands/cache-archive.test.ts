import { readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { filesFamily, makeWorkspace, manifest, type Workspace } from "../fixtures/workspace.ts";

let workspace: Workspace;
const NAMES = ["a", "b", "c"];
const OTHER = { env: { IMAGEGATE_CACHE_DIR: "" } };

beforeEach(async () => {
  workspace = await makeWorkspace(filesFamily("alpha", NAMES));
  OTHER.env.IMAGEGATE_CACHE_DIR = join(workspace.root, ".other");
  await workspace.run(["generate"]);
});
afterEach(() => workspace.remove());

async function damageAll(kind: string): Promise<number> {
  const folder = join(workspace.root, ".cache", "v1", kind);
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((file) =>
    file.isFile(),
  );
  for (const { parentPath, name } of files) await truncate(join(parentPath, name), 50);
  return files.length;
}

describe("cache export and import", () => {
  it("carry the bases of explanations to another cache, and nothing that decides", async () => {
    expect(await workspace.run(["cache", "export", "bases"])).toMatchObject({ code: 0 });
    const imported = await workspace.run(["cache", "import", "bases", "--json"], OTHER);
    expect(imported.code).toBe(0);
    expect(JSON.parse(imported.stdout)).toMatchObject({ skipped: 0, damaged: 0, failed: null });
    await workspace.write("alpha/m/a.json", manifest("changed"));
    const checked = await workspace.run(["check"], OTHER);
    expect(checked).toMatchObject({ code: 1 });
    expect(checked.stdout).toContain('/options/hostname: "a" → "changed"');

    await workspace.run(["cache", "export", "all", "--answers"]);
    const wary = await workspace.run(["cache", "import", "all"], OTHER);
    expect(wary).toMatchObject({ code: 0 });
    expect(wary.stdout).toContain("3 entries skipped that would decide verdicts (--answers)");
    expect((await workspace.run(["cache", "import", "all", "--answers"], OTHER)).stdout).toMatch(/^1 entry/);
  });

  it("choose by key, and say which key is unknown", async () => {
    const { manifest: digest } = JSON.parse(
      (await workspace.run(["fingerprint", "--json", "alpha/m/a.json"])).stdout,
    );
    const one = await workspace.run(["cache", "export", "one", digest, "--json"]);
    const all = await workspace.run(["cache", "export", "all", "--json"]);
    expect(JSON.parse(one.stdout).exported).toBeGreaterThan(1);
    expect(JSON.parse(one.stdout).exported).toBeLessThan(JSON.parse(all.stdout).exported);
    expect(await workspace.run(["cache", "export", "none", "0123456789"])).toMatchObject({ code: 2 });
  });

  it("count what is damaged, and take the rest", async () => {
    await workspace.run(["cache", "export", "bases"]);
    const path = join(workspace.root, "bases");
    const text = await readFile(path, "latin1");
    await writeFile(path, text.replace("hostname", "hOstname").slice(0, -3), "latin1");
    const damaged = await workspace.run(["cache", "import", "bases"], OTHER);
    expect(damaged.code).toBe(1);
    expect(damaged.stdout).toMatch(
      /^[1-9][0-9]* entries imported, 0 already there\n2 damaged entries were not/,
    );
    expect(damaged.stdout).toContain("the file is cut off");
    expect(await workspace.run(["cache", "verify"], OTHER)).toMatchObject({ code: 0 });

    await damageAll("manifest");
    const left = await workspace.run(["cache", "export", "bases"]);
    expect(left.code).toBe(1);
    expect(left.stdout).toContain("3 damaged entries left out");
  });
});

it("damaged entries are ignored, counted and shown, and the verdict is what it was", async () => {
  expect(await damageAll("fingerprint")).toBe(3);
  const checked = await workspace.run(["check"]);
  expect(checked.code).toBe(0);
  expect(checked.stderr).toContain("warning: 3 damaged entries of the cache ignored");
  expect((await workspace.run(["check"])).stderr).not.toContain("damaged");
  await damageAll("manifest");
  await workspace.write("alpha/m/a.json", manifest("changed"));
  const unexplained = await workspace.run(["check"]);
  expect(unexplained.code).toBe(1);
  expect(unexplained.stderr).toContain("warning: 1 damaged entry of the cache ignored");
});
