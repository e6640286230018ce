import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseReport } from "@imagegate/engine/explain";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { filesFamily, makeWorkspace, manifest, type Workspace } from "../fixtures/workspace.ts";

const IDENTITY = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_AUTHOR_NAME: "A. Author",
  GIT_AUTHOR_EMAIL: "author@example.org",
  GIT_COMMITTER_NAME: "C. Committer",
  GIT_COMMITTER_EMAIL: "committer@example.org",
};

/** How long what must happen is waited for. */
const WAIT = { timeout: 60_000, interval: 20 };
let workspace: Workspace;

function git(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("git", args, {
    ...{ cwd: workspace.root, encoding: "utf8", env: { ...process.env, ...IDENTITY } },
  });
  expect(stderr, args.join(" ")).toBe("");
  expect(status).toBe(0);
  return stdout.trim();
}

function commit(subject: string): void {
  git("add", "--all");
  git("commit", "--quiet", "-m", subject);
}

/** A branch whose second commit forgets a record, and whose third brings it. */
beforeEach(async () => {
  workspace = await makeWorkspace({ ...filesFamily("demo", ["a", "b"]), ".gitignore": ".cache\ndist\n" });
  Object.assign(process.env, IDENTITY);
  git("init", "--quiet", "--initial-branch=main");
  await workspace.run(["generate"]);
  commit("base");
  git("tag", "base");
  await workspace.write("demo/m/b.json", manifest("other"));
  commit("b is another");
  await workspace.run(["generate"]);
  commit("and its record");
});

afterEach(() => workspace.remove());

interface ReportJson {
  readonly verdict: string;
  readonly commits: readonly {
    readonly subject: string;
    readonly records: string;
    readonly wrong: readonly string[];
    readonly causes: readonly string[];
  }[];
  readonly causes: readonly { readonly id: string; readonly manifests: readonly string[] }[];
}

async function checkEach(): Promise<{
  readonly code: number | null;
  readonly report: ReportJson;
  stderr: string;
}> {
  const { code, stdout, stderr } = await workspace.run(["check", "--each", "base..HEAD", "--json"]);
  expect(parseReport(stdout)).toMatchObject({ ok: true });
  return { code, report: JSON.parse(stdout) as ReportJson, stderr };
}

describe("check --each and fixup", () => {
  it("tell what a later commit undid in a report that does not contradict itself", async () => {
    await workspace.write("demo/m/b.json", manifest("b"));
    await workspace.run(["generate"]);
    commit("b as it was");
    const { report } = await checkEach();
    expect(report.commits.map(({ causes }) => causes.length)).toEqual([1, 0, 1]);
    expect(report.causes).toHaveLength(2);
  });

  it("tell which commit introduced what and which is wrong, and repair it", async () => {
    const { code, report, stderr } = await checkEach();
    expect(code).toBe(1);
    expect(report.verdict).toBe("differs");
    const [cause] = report.causes;
    expect(cause?.manifests).toEqual(["b"]);
    expect(report.commits).toMatchObject([
      { subject: "b is another", records: "differ", wrong: ["b"], causes: [cause?.id] },
      { subject: "and its record", records: "same", wrong: [], causes: [] },
    ]);
    expect(stderr).toContain("to repair: npx imagegate fixup base..HEAD");

    const fixup = await workspace.run(["fixup", "base..HEAD"]);
    expect(fixup.code).toBe(0);
    expect(fixup.stdout).toMatch(/^repaired  [0-9a-f]{12} b is another: 1 record$/m);
    expect(fixup.stdout).toContain(`git rebase --interactive --autosquash ${git("rev-parse", "base")}\n`);
    expect(git("log", "--reverse", "--format=%s", "base..HEAD").split("\n")).toEqual([
      "b is another",
      "fixup! b is another",
      "and its record",
    ]);
    expect(git("status", "--porcelain")).toBe("");
  });

  it("go on as they say where a commit held nothing but wrong records", async () => {
    git("reset", "--quiet", "--hard", "base");
    const record = "checksums/demo/b.sum";
    const right = await readFile(join(workspace.root, record), "utf8");
    await workspace.write(record, right.replace(/^sha256:./, "sha256:0"));
    commit("a wrong record");
    const { stdout } = await workspace.run(["fixup", "base..HEAD"]);
    const [rebase, goOn] = Array.from(
      stdout.matchAll(/: (git (?:rebase|reset --soft) .*)$/gm),
      ([, line]) => line,
    );
    const env = { ...process.env, ...IDENTITY, GIT_SEQUENCE_EDITOR: ":", GIT_EDITOR: ":" };
    const run = (line = ""): number | null =>
      spawnSync("sh", ["-c", line], { cwd: workspace.root, env }).status;
    expect(run(rebase)).not.toBe(0);
    expect(run(goOn)).toBe(0);
    expect(git("log", "--format=%s")).toBe("base");
    expect(await readFile(join(workspace.root, record), "utf8")).toBe(right);
  });

  it("pass once the commits hold their records themselves", async () => {
    expect(await workspace.run(["fixup", "base..HEAD", "--autosquash"])).toMatchObject({ code: 0 });
    expect(await checkEach()).toMatchObject({ code: 0, report: { verdict: "same" } });
    const again = await workspace.run(["fixup", "base..HEAD", "--autosquash"]);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("nothing to repair") as string });
  });

  it("leave nothing behind that a later run does not remove, also when they are killed", async () => {
    const pidFile = join(workspace.root, ".cache/pid");
    const argv = ["sh", "-c", 'echo $$ >"$1"; exec sleep 600', "sh", pidFile];
    const sleeping = { kind: "command", argv, output: "single" };
    await workspace.write("demo/imagegate.json", JSON.stringify({ generator: sleeping, inputs: {} }));
    commit("sleeps");
    const killed = workspace.start(["check", "--each", "HEAD~1..HEAD"]);
    await vi.waitUntil(() => existsSync(pidFile) && readFileSync(pidFile, "utf8") !== "", WAIT);
    killed.process.kill("SIGKILL");
    process.kill(Number(readFileSync(pidFile, "utf8")));
    await killed.ended;
    expect(git("worktree", "list").split("\n")).toHaveLength(2);
    await workspace.run(["check", "--each", "base..HEAD~1"]);
    expect(git("worktree", "list").split("\n")).toHaveLength(1);
  });

  it("are undecided about a commit that cannot be generated", async () => {
    await workspace.write("demo/m/b.json", "{");
    commit("broken");
    const { code, stdout, stderr } = await workspace.run(["check", "--each", "base..HEAD", "--json"]);
    expect(code).toBe(2);
    // In full: what was found there, and what to do about it.
    expect(stderr.match(/^error: demo: /gm)).toHaveLength(1);
    expect(stderr).toContain("the text is not JSON at line 1, column 2");
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: "undecided",
      failures: [expect.stringMatching(/^[0-9a-f]{12}: demo: /) as string],
      commits: [{ records: "differ" }, { records: "same" }, { records: "undecided" }],
    });
    expect(await workspace.run(["fixup", "base..HEAD"])).toMatchObject({ code: 2 });
  });

  it("fail for ranges that mean nothing, with the command that mends it", async () => {
    const missing = await workspace.run(["check", "--each", "gone..HEAD"]);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain("git fetch --all --tags");
    const empty = await workspace.run(["check", "--each", "HEAD..HEAD"]);
    expect(empty.code).toBe(2);
    expect(empty.stderr).toContain("there is no commit to check");
  });
});
