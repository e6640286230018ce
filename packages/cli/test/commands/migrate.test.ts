import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { filesFamily, makeWorkspace, manifest, type Workspace } from "../fixtures/workspace.ts";

let workspace: Workspace;

afterEach(() => workspace.remove());

async function recorded(): Promise<void> {
  workspace = await makeWorkspace(filesFamily("alpha", ["a", "b"]));
  expect(await workspace.run(["generate"])).toMatchObject({ code: 0 });
}

describe("migrate", () => {
  it("rewrites proven records and the configuration, after which check is the same", async () => {
    await recorded();
    const to = "digest:sha256:compact-line";
    const args = ["migrate", "alpha", "--from", "lines", "--to", to, "--folder", "sums"];
    const { code, stdout } = await workspace.run(args);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `migrated  alpha: 2 records from lines to ${to}, in sums\n`,
    });
    expect(await readdir(join(workspace.root, "sums"))).toEqual(["a", "b"]);
    expect(await readFile(join(workspace.root, "alpha/imagegate.json"), "utf8")).toContain(
      '"of": "compact-line"',
    );
    expect(await workspace.run(["check"])).toMatchObject({ code: 0 });
  });

  it("refuses with the report of check, and touches nothing", async () => {
    await recorded();
    await workspace.write("alpha/m/a.json", manifest("other"));
    const { code, stdout } = await workspace.run(["migrate", "alpha", "--to", "pipeline-ids"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^changed {2}a[^]*\nnot migrated {2}alpha: its records are not those/);
    expect(await readdir(join(workspace.root, "checksums/alpha"))).toEqual(["a.sum", "b.sum"]);
  });

  it("refuses a form that the records do not have, and one that there is not", async () => {
    await recorded();
    const from = ["migrate", "alpha", "--from", "pipeline-ids", "--to", "lines"];
    const wrong = await workspace.run(from);
    expect(wrong).toMatchObject({ code: 2, stdout: "" });
    expect(wrong.stderr).toContain("--from says pipeline-ids, and the records of alpha are lines");
    for (const more of [[], ["--to", "md5"]]) {
      expect(await workspace.run(["migrate", "alpha", ...more])).toMatchObject({ code: 2, stdout: "" });
    }
    const unknown = await workspace.run(["migrate", "beta", "--to", "lines"]);
    expect(unknown.stderr).toContain("expected: one of alpha");
  });
});
