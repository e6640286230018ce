import { describe, expect, it } from "vitest";
import { checkEach } from "../../src/each/check-each.ts";
import { explainEach } from "../../src/each/explain-each.ts";
import { discoverProjects } from "../../src/config/workspace.ts";
import { failureOf, orThrow, sharedSession } from "../workspace.ts";
import { makeBranch, shown, type Branch } from "./branch.ts";

const session = sharedSession();
const { signal } = new AbortController();

function wordsFor({ reason }: { readonly reason: string }): string {
  return reason;
}

/** What each commit of a range introduced: its subject, and the manifests of its causes. */
async function introduced(branch: Branch, range = `${branch.base}..HEAD`) {
  const projects = orThrow(await discoverProjects(branch.root));
  const question = { root: branch.root, projects, range };
  const checked = orThrow(await checkEach(question, session, { signal }));
  const explained = orThrow(await explainEach(checked, question, session, { signal, wordsFor }));
  const causes = new Map(explained.explanation.causes.map((cause) => [cause.id, cause]));
  return {
    ...explained,
    matrix: explained.commits.map(({ subject, causes: ids }) => [
      subject,
      [...new Set(ids.flatMap((id) => causes.get(id)?.manifests ?? [`unknown ${id}`]))],
    ]),
  };
}

describe("every commit of a range", () => {
  it("is checked against its own definitions, each distinct input run once", async () => {
    const branch = await makeBranch(session);
    branch.define({ a: "2", b: "1" });
    await branch.record();
    await branch.commit("right");
    branch.define({ a: "2", b: "2" });
    await branch.commit("forgets its records");
    await branch.record();
    await branch.commit("records only");
    branch.write("README", "text");
    await branch.commit("a file beside");
    branch.define({ a: "2", b: "1" });
    await branch.record();
    await branch.commit("back again");
    branch.runs();
    const range = await branch.check();
    expect(shown(range)).toEqual([
      ["right", "same", []],
      ["forgets its records", "differ", ["checksums/demo/b.sum"]],
      ["records only", "same", []],
      ["a file beside", "same", []],
      ["back again", "same", []],
    ]);
    expect(range.generations).toBe(2);
    expect(branch.runs()).toBe(2);
    expect(await branch.git("worktree", "list", "--porcelain")).not.toContain("detached");
  });

  it("runs every tree when nobody knows what is read", async () => {
    const branch = await makeBranch(session, { inputs: undefined });
    branch.write("README", "text");
    await branch.commit("one");
    branch.write("README", "other");
    await branch.commit("two");
    expect((await branch.check()).generations).toBe(2);
  });

  it("names leftovers, strangers and records of no family", async () => {
    const branch = await makeBranch(session);
    branch.write("checksums/demo/left.sum", branch.read("checksums/demo/a.sum"));
    branch.write("checksums/demo/notes.txt", "");
    branch.write("checksums/gone/x.sum", "");
    await branch.commit("one");
    expect(shown(await branch.check())).toEqual([
      ["one", "differ", ["checksums/demo/left.sum", "checksums/demo/notes.txt", "checksums/gone/x.sum"]],
    ]);
  });

  it("is undecided where it cannot be generated or read, and the others are not", async () => {
    const branch = await makeBranch(session);
    branch.write("images/demo/images.ndjson", "{");
    await branch.commit("broken");
    branch.write("images/demo/imagegate.json", "{}");
    await branch.commit("no configuration");
    await branch.git("checkout", "--quiet", branch.base, "--", "images");
    await branch.commit("mended");
    const range = await branch.check();
    expect(range.commits.map(({ records }) => records)).toEqual(["undecided", "undecided", "same"]);
    expect(range.commits.flatMap(({ problems }) => problems)).toMatchObject([
      { family: "demo", failure: { reason: "command-output" } },
      { family: null, failure: { reason: "committed-config" } },
    ]);
  });

  it("fails for a range without commits", async () => {
    const branch = await makeBranch(session);
    const projects = orThrow(await discoverProjects(branch.root));
    const question = { root: branch.root, projects, range: "HEAD..HEAD" };
    expect(failureOf(await checkEach(question, session, { signal }))).toEqual({
      reason: "range-empty",
      base: "HEAD",
      head: "HEAD",
    });
  });

  it("ends in order when it is cancelled", async () => {
    const branch = await makeBranch(session);
    branch.define({ a: "2" });
    await branch.commit("one");
    const controller = new AbortController();
    const projects = orThrow(await discoverProjects(branch.root));
    const question = { root: branch.root, projects, range: branch.base };
    const options = { signal: controller.signal, onCommit: () => controller.abort() };
    expect(failureOf(await checkEach(question, session, options))).toEqual({ reason: "cancelled" });
    expect(await branch.git("worktree", "list", "--porcelain")).not.toContain("detached");
  });
});

describe("what a commit introduced", () => {
  it("is told from what its definitions make, whatever its records say", async () => {
    const branch = await makeBranch(session);
    branch.define({ a: "2", b: "1" });
    await branch.commit("a moves, without its record");
    await branch.record();
    await branch.commit("records only");
    branch.define({ a: "2", b: "3", c: "1" });
    await branch.record();
    await branch.commit("b moves, c comes");
    const { matrix, explanation } = await introduced(branch);
    expect(matrix).toEqual([
      ["a moves, without its record", ["a"]],
      ["records only", []],
      ["b moves, c comes", expect.arrayContaining(["b", "c"]) as unknown],
    ]);
    expect(explanation).toMatchObject({ changed: 2, added: 1, removed: 0 });
  });

  it("counts also when a later commit undoes it", async () => {
    const branch = await makeBranch(session);
    branch.define({ a: "2", b: "1" });
    await branch.commit("there");
    branch.define({ a: "1", b: "1" });
    await branch.commit("and back");
    const { matrix, explanation } = await introduced(branch);
    expect(matrix).toEqual([
      ["there", ["a"]],
      ["and back", ["a"]],
    ]);
    expect(explanation).toMatchObject({ changed: 0, unchanged: 2 });
  });

  it("is nothing that a merge only brought along", async () => {
    const branch = await makeBranch(session);
    await branch.git("checkout", "--quiet", "-b", "side");
    branch.define({ a: "1", b: "side" });
    await branch.commit("side");
    await branch.git("checkout", "--quiet", "main");
    branch.define({ a: "main", b: "1" });
    await branch.commit("main");
    await branch.git("merge", "--quiet", "--strategy=ours", "-m", "merge", "side");
    branch.define({ a: "main", b: "side", c: "new" });
    await branch.git("add", "--all");
    await branch.git("commit", "--quiet", "--amend", "--no-edit");
    const { matrix } = await introduced(branch);
    expect(new Map(matrix as [string, string[]][])).toEqual(
      new Map([
        ["side", ["b"]],
        ["main", ["a"]],
        ["merge", ["c"]],
      ]),
    );
  });
});
