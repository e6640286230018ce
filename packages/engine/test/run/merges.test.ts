import { runProcess } from "@imagegate/host";
import { describe, expect, it } from "vitest";
import { discoverProjects } from "../../src/config/workspace.ts";
import { check } from "../../src/run/check.ts";
import { makeBranch, type Branch } from "../each/branch.ts";
import { IDENTITY } from "../git/repository.ts";
import { orThrow, sharedSession } from "../workspace.ts";

const session = sharedSession();

/** Runs git where a conflict is expected. */
async function conflicting({ root }: Branch, ...args: readonly string[]): Promise<void> {
  expect(await runProcess(["git", ...args], { cwd: root, env: IDENTITY })).toMatchObject({ exitCode: 1 });
}

/** The states of the records that are not the same, by name. */
async function differing({ root }: Branch): Promise<Readonly<Record<string, string>>> {
  const [project] = orThrow(await discoverProjects(root));
  if (project === undefined) throw new Error("no family");
  const { verdicts } = orThrow(await check(project, session));
  return Object.fromEntries(verdicts.flatMap(({ name, state }) => (state === "same" ? [] : [[name, state]])));
}

/**
 * `main` and `side` part: both move `a` and one more, `side` removes `r`, which `main` moves, and `main` adds `n`. Each
 * has its own records.
 */
async function parted(attributes: string): Promise<Branch> {
  const branch = await makeBranch(session);
  branch.write(".gitattributes", attributes);
  branch.define({ a: "1", b: "1", m: "1", r: "1" });
  await branch.record();
  await branch.commit("before");
  await branch.git("checkout", "--quiet", "-b", "side");
  branch.define({ a: "side", b: "side", m: "1" });
  await branch.record();
  await branch.commit("side");
  await branch.git("checkout", "--quiet", "main");
  branch.define({ a: "main", b: "1", m: "main", n: "1", r: "main" });
  await branch.record();
  await branch.commit("main");
  return branch;
}

/** What the definitions are once somebody has thought about it. */
const RESOLVED = { a: "both", b: "side", m: "main", n: "1" };

const KEPT_WHOLE = "checksums/** text eol=lf -merge\n";
const MERGED_BY_LINES = "checksums/** text eol=lf\n";

describe.each([
  ["kept whole", KEPT_WHOLE],
  ["merged by lines", MERGED_BY_LINES],
])("records that git has %s", (_, attributes) => {
  it("after a merge are settled by one generate", async () => {
    const branch = await parted(attributes);
    await conflicting(branch, "merge", "side");
    branch.define(RESOLVED);
    expect(Object.keys(await differing(branch))).toEqual(expect.arrayContaining(["a", "r"]));
    await branch.record();
    expect(await differing(branch)).toEqual({});
    await branch.git("add", "--all");
    await branch.git("commit", "--quiet", "--no-edit");
    expect(await branch.git("ls-files", "--unmerged")).toBe("");
    expect(await branch.git("ls-files", "checksums/demo")).toBe(
      ["a", "b", "m", "n"].map((name) => `checksums/demo/${name}.sum`).join("\n"),
    );
  });

  it("in a rebase are settled by one generate a step", async () => {
    const branch = await parted(attributes);
    await branch.git("checkout", "--quiet", "side");
    branch.define({ a: "side 2", b: "side", m: "1" });
    await branch.record();
    await branch.commit("side again");
    await conflicting(branch, "rebase", "main");
    branch.define(RESOLVED);
    await branch.record();
    await branch.git("add", "--all");
    await conflicting(branch, "-c", "core.editor=true", "rebase", "--continue");
    branch.define({ ...RESOLVED, a: "both 2" });
    expect(Object.keys(await differing(branch))).toContain("a");
    await branch.record();
    await branch.git("add", "--all");
    await branch.git("-c", "core.editor=true", "rebase", "--continue");
    expect(await differing(branch)).toEqual({});
    const range = await branch.check("main..side");
    expect(range.commits.map(({ subject, records }) => [subject, records])).toEqual([
      ["side", "same"],
      ["side again", "same"],
    ]);
  });
});

describe("a record in conflict", () => {
  it("kept whole is that of one side, and merged by lines it is told as what it is", async () => {
    const whole = await parted(KEPT_WHOLE);
    await conflicting(whole, "merge", "side");
    whole.define(RESOLVED);
    expect(await differing(whole)).toMatchObject({ a: "changed" });
    const lines = await parted(MERGED_BY_LINES);
    await conflicting(lines, "merge", "side");
    lines.define(RESOLVED);
    expect(await differing(lines)).toMatchObject({ a: "conflicted" });
  });

  it("of two sides that agree is none", async () => {
    const branch = await makeBranch(session);
    await branch.git("checkout", "--quiet", "-b", "side");
    branch.define({ a: "2", b: "1" });
    await branch.record();
    await branch.commit("side");
    await branch.git("checkout", "--quiet", "main");
    branch.define({ a: "2", b: "1" });
    await branch.record();
    await branch.commit("main");
    await branch.git("merge", "--quiet", "--no-edit", "side");
    expect(await differing(branch)).toEqual({});
  });
});
