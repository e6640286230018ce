import { describe, expect, it } from "vitest";
import { fixup } from "../../src/each/fixup.ts";
import type { FixupMode } from "../../src/each/rewritten-range.ts";
import { discoverProjects } from "../../src/config/workspace.ts";
import { IDENTITY } from "../git/repository.ts";
import { failureOf, orThrow, sharedSession } from "../workspace.ts";
import { makeBranch, shown, type Branch } from "./branch.ts";

const session = sharedSession();
// The commits are made by git itself, for whom the process speaks.
Object.assign(process.env, IDENTITY);

async function repair(branch: Branch, mode: FixupMode = "fixup-commits", range = `${branch.base}..HEAD`) {
  const projects = orThrow(await discoverProjects(branch.root));
  const question = { root: branch.root, projects, range };
  return fixup(question, mode, { session, signal: new AbortController().signal });
}

async function subjects({ git, base }: Branch): Promise<readonly string[]> {
  return (await git("log", "--reverse", "--format=%s", `${base}..HEAD`)).split("\n");
}

/** `one` forgets its records, `two` changes a file beside, `three` records what `one` made. */
async function forgetful(): Promise<Branch> {
  const branch = await makeBranch(session);
  branch.define({ a: "2", c: "1" });
  await branch.commit("one");
  branch.write("README", "text");
  await branch.commit("two");
  await branch.record();
  await branch.commit("three");
  return branch;
}

const WRONG = ["checksums/demo/a.sum", "checksums/demo/b.sum", "checksums/demo/c.sum"];

describe("fixup", () => {
  it("follows each wrong commit by one that holds its records and nothing else", async () => {
    const branch = await forgetful();
    expect(shown(await branch.check())).toEqual([
      ["one", "differ", WRONG],
      ["two", "differ", WRONG],
      ["three", "same", []],
    ]);
    const { repaired } = orThrow(await repair(branch));
    expect(repaired).toMatchObject([{ subject: "one", records: 3 }]);
    expect(await subjects(branch)).toEqual(["one", "fixup! one", "two", "three"]);
    const touched = await branch.git("show", "--format=", "--name-only", "--no-renames", "HEAD~2");
    expect(touched.split("\n")).toEqual(WRONG);
    expect(await branch.git("status", "--porcelain")).toBe("");
  });

  it("is what git rebase --autosquash melts without a conflict", async () => {
    const branch = await forgetful();
    orThrow(await repair(branch));
    await branch.git("-c", "sequence.editor=true", "rebase", "--quiet", "-i", "--autosquash", branch.base);
    const range = await branch.check();
    expect(range.commits.map(({ subject, records }) => [subject, records])).toEqual([
      ["one", "same"],
      ["two", "same"],
      ["three", "same"],
    ]);
  });

  it("with autosquash leaves the same commits, all of them right", async () => {
    const branch = await forgetful();
    const log = ["log", "--reverse", "--format=%s %an %ae %aI %cn %cI", `${branch.base}..HEAD`];
    const before = await branch.git(...log);
    const tree = await branch.git("rev-parse", "HEAD^{tree}");
    orThrow(await repair(branch, "autosquash"));
    expect(await branch.git(...log)).toBe(before);
    expect(await branch.git("rev-parse", "HEAD^{tree}")).toBe(tree);
    expect(shown(await branch.check())).toEqual([
      ["one", "same", []],
      ["two", "same", []],
      ["three", "same", []],
    ]);
  });

  it("does nothing where nothing is wrong", async () => {
    const branch = await makeBranch(session);
    branch.write("README", "text");
    const head = await branch.commit("one");
    expect(orThrow(await repair(branch))).toEqual({
      base: branch.base,
      before: head,
      after: head,
      repaired: [],
    });
  });

  it("leaves what the user has changed, staged or made, and brings along what not", async () => {
    const branch = await makeBranch(session);
    branch.define({ a: "2", b: "2" });
    await branch.commit("one");
    branch.write("checksums/demo/a.sum", "mine");
    branch.write("untracked", "mine");
    branch.write("README", "staged");
    await branch.git("add", "README");
    const before = await branch.git("status", "--porcelain");
    orThrow(await repair(branch));
    expect(await branch.git("status", "--porcelain")).toBe(before);
    expect(branch.read("checksums/demo/a.sum")).toBe("mine");
    expect(branch.read("checksums/demo/b.sum")).toBe(
      `${await branch.git("show", "HEAD:checksums/demo/b.sum")}\n`,
    );
    expect(await branch.git("rev-parse", "ORIG_HEAD^{commit}")).toBe(await branch.git("rev-parse", "HEAD~1"));
  });

  it("repairs both sides of a merge, and the merge", async () => {
    const branch = await makeBranch(session);
    await branch.git("checkout", "--quiet", "-b", "side");
    branch.define({ a: "1", b: "side" });
    await branch.commit("side");
    await branch.git("checkout", "--quiet", "main");
    branch.define({ a: "main", b: "1" });
    await branch.commit("main");
    await branch.git("merge", "--quiet", "--strategy=ours", "-m", "merge", "side");
    branch.define({ a: "main", b: "side" });
    await branch.git("add", "--all");
    await branch.git("commit", "--quiet", "--amend", "--no-edit");
    orThrow(await repair(branch, "autosquash"));
    const range = await branch.check();
    expect(range.commits.map(({ subject, records }) => [subject, records])).toEqual(
      expect.arrayContaining([
        ["side", "same"],
        ["main", "same"],
        ["merge", "same"],
      ]),
    );
    expect(range.commits.at(-1)?.parents).toHaveLength(2);
  });

  it("names a commit whose subject another has by its own name", async () => {
    const branch = await makeBranch(session);
    branch.define({ a: "2", b: "1" });
    const first = await branch.commit("again");
    branch.define({ a: "3", b: "1" });
    await branch.commit("again");
    orThrow(await repair(branch));
    const [, one, , two] = await subjects(branch);
    expect(one).toBe(`fixup! ${first}`);
    expect(two).toBe(`fixup! ${await branch.git("rev-parse", "HEAD~1")}`);
  });
});

describe("fixup refuses", () => {
  it("a range that does not end at what is checked out", async () => {
    const branch = await forgetful();
    const range = `${branch.base}..HEAD~1`;
    expect(failureOf(await repair(branch, "fixup-commits", range))).toMatchObject({
      reason: "head-not-checked-out",
    });
  });

  it("to melt commits under changes that are not committed", async () => {
    const branch = await forgetful();
    branch.write("README", "changed");
    expect(failureOf(await repair(branch, "autosquash"))).toEqual({ reason: "worktree-dirty" });
  });

  it("a commit that cannot be generated, and leaves the branch as it was", async () => {
    const branch = await makeBranch(session);
    branch.write("images/demo/images.ndjson", "{");
    const head = await branch.commit("broken");
    expect(failureOf(await repair(branch))).toMatchObject({
      reason: "commit-undecided",
      commit: head,
      family: "demo",
      failure: { reason: "command-output" },
    });
    expect(await branch.git("rev-parse", "HEAD")).toBe(head);
  });

  it("files among the records that are none", async () => {
    const branch = await makeBranch(session);
    branch.write("checksums/demo/notes.txt", "");
    branch.write("checksums/gone/x.sum", "");
    await branch.commit("strangers");
    expect(failureOf(await repair(branch))).toMatchObject({
      reason: "commit-strangers",
      paths: ["checksums/demo/notes.txt", "checksums/gone/x.sum"],
    });
  });

  it("while git is in the middle of something", async () => {
    const branch = await forgetful();
    branch.write(".git/MERGE_HEAD", branch.base);
    expect(failureOf(await repair(branch))).toEqual({ reason: "operation-in-progress", operation: "merge" });
  });
});
