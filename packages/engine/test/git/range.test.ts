import { describe, expect, it } from "vitest";
import { parseRange, resolveRange } from "../../src/git/range.ts";
import { isDirty } from "../../src/git/state.ts";
import { failureOf, orThrow, temporaryFolder } from "../workspace.ts";
import { git, makeRepository, type TestRepository } from "./repository.ts";

/** A branch `topic` of two commits, parted from a `main` that went on by one. */
async function forked(): Promise<TestRepository & { readonly fork: string; readonly tip: string }> {
  const repository = await makeRepository();
  const fork = await repository.commit("fork");
  await repository.commit("main goes on");
  await repository.git("checkout", "--quiet", "-b", "topic", fork);
  const tip = await repository.commit("topic");
  return { ...repository, fork, tip };
}

describe("a range", () => {
  it.each([
    [undefined, { base: null, head: null, isFromFork: true }],
    ["main", { base: "main", head: null, isFromFork: false }],
    ["main..v1", { base: "main", head: "v1", isFromFork: false }],
    ["main...v1", { base: "main", head: "v1", isFromFork: true }],
    ["main..", { base: "main", head: "HEAD", isFromFork: false }],
    ["..v1", { base: null, head: "v1", isFromFork: false }],
  ])("%s", (text, expected) => {
    expect(parseRange(text)).toEqual(expected);
  });

  it("begins where the branch parted from its upstream, unless a base is named", async () => {
    const { root, git: run, fork, tip } = await forked();
    await run("branch", "--quiet", "--set-upstream-to=main", "topic");
    const found = orThrow(await resolveRange(root, undefined));
    expect(found).toMatchObject({
      base: { name: "main", commit: fork },
      head: { commit: tip },
      isWorkingTree: true,
    });
    expect(orThrow(await resolveRange(root, "main...topic")).base.commit).toBe(fork);
    expect(orThrow(await resolveRange(root, "main..topic")).base.commit).toBe(await run("rev-parse", "main"));
  });

  it("ends in the working tree when that has changes, untracked files among them", async () => {
    const { root, write, fork } = await forked();
    expect(orThrow(await resolveRange(root, `${fork}..HEAD`)).isWorkingTree).toBe(false);
    write("checksums/demo/new.sum", "new");
    expect(orThrow(await isDirty(root, "all"))).toBe(true);
    expect(orThrow(await resolveRange(root, `${fork}..HEAD`)).isWorkingTree).toBe(true);
    expect(orThrow(await resolveRange(root, `${fork}..main`)).isWorkingTree).toBe(false);
  });
});

describe("a range means nothing", () => {
  it("outside a repository", async () => {
    const folder = temporaryFolder();
    expect(failureOf(await resolveRange(folder, "main"))).toEqual({ reason: "not-a-repository", folder });
  });

  it("without an upstream branch to begin at", async () => {
    const { root, git: run } = await forked();
    expect(failureOf(await resolveRange(root, undefined))).toEqual({
      reason: "upstream-missing",
      branch: "topic",
      hasRemote: false,
    });
    await run("checkout", "--quiet", "--detach");
    expect(failureOf(await resolveRange(root, undefined))).toEqual({
      reason: "upstream-missing",
      branch: null,
      hasRemote: false,
    });
  });

  it.each(["gone", "--all", "origin/main", "$(id)"])(
    "with a commit that git does not know: %s",
    async (name) => {
      const { root } = await makeRepository().then(async (repository) => {
        await repository.commit("one");
        await repository.git("remote", "add", "origin", "../nowhere");
        return repository;
      });
      expect(failureOf(await resolveRange(root, `${name}..HEAD`))).toEqual({
        reason: "commit-missing",
        revision: name,
        remotes: ["origin"],
        isShallow: false,
      });
    },
  );

  it("between histories that have nothing in common", async () => {
    const { root, git: run, commit } = await forked();
    await run("checkout", "--quiet", "--orphan", "other");
    await commit("of another history");
    expect(failureOf(await resolveRange(root, "main..other"))).toEqual({
      reason: "commits-unrelated",
      base: "main",
      head: "other",
    });
  });

  it("in a shallow clone that does not reach back far enough", async () => {
    const { root } = await forked();
    const clone = temporaryFolder();
    await git(clone, "clone", "--quiet", "--depth=1", "--no-single-branch", `file://${root}`, ".");
    expect(failureOf(await resolveRange(clone, "origin/main..HEAD"))).toEqual({
      reason: "clone-shallow",
      base: "origin/main",
      head: "HEAD",
    });
    expect(failureOf(await resolveRange(clone, "HEAD~1"))).toMatchObject({
      reason: "commit-missing",
      isShallow: true,
    });
  });
});
