import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fail, ok } from "@imagegate/core";
import { acquireLock } from "@imagegate/host";
import { describe, expect, it } from "vitest";
import { requireRepository, type Repository } from "../../src/git/repository.ts";
import { pruneWorktrees, withWorktree } from "../../src/git/worktree.ts";
import { failureOf, orThrow } from "../workspace.ts";
import { makeRepository } from "./repository.ts";

async function open(): Promise<{
  readonly repository: Repository;
  readonly first: string;
  readonly list: () => Promise<readonly string[]>;
  readonly git: (...args: readonly string[]) => Promise<string>;
}> {
  const made = await makeRepository();
  made.write("file", "one");
  const first = await made.commit("one");
  made.write("file", "two");
  await made.commit("two");
  made.write("file", "dirty");
  const list = async (): Promise<readonly string[]> =>
    (await made.git("worktree", "list", "--porcelain"))
      .split("\n")
      .filter((line) => line.startsWith("worktree "));
  return { repository: orThrow(await requireRepository(made.root)), first, list, git: made.git };
}

function locks({ commonFolder }: Repository): readonly string[] {
  return readdirSync(join(commonFolder, "imagegate"));
}

describe("a temporary checkout", () => {
  it("holds the commit's files and is gone afterwards", async () => {
    const { repository, first, list } = await open();
    let folder = "";
    const text = orThrow(
      await withWorktree(repository, first, async (at) => {
        folder = at;
        expect(await list()).toHaveLength(2);
        return ok(readFileSync(join(at, "file"), "utf8"));
      }),
    );
    expect(text).toBe("one");
    expect(existsSync(folder)).toBe(false);
    expect(await list()).toHaveLength(1);
    expect(locks(repository)).toEqual([]);
    expect(readFileSync(join(repository.top, "file"), "utf8")).toBe("dirty");
  });

  it.each([
    ["a failure", async () => fail({ reason: "test" })],
    [
      "a throw",
      async () => {
        throw new Error("test");
      },
    ],
  ])("is gone after %s", async (_, work) => {
    const { repository, first, list } = await open();
    await withWorktree(repository, first, work).catch((error: Error) => expect(error.message).toBe("test"));
    expect(await list()).toHaveLength(1);
    expect(locks(repository)).toEqual([]);
  });

  it("of a commit that is not there fails, and leaves nothing", async () => {
    const { repository, list } = await open();
    const made = await withWorktree(repository, "0".repeat(40), async () => ok(null));
    expect(failureOf(made)).toMatchObject({ reason: "git-failed" });
    expect(await list()).toHaveLength(1);
    expect(locks(repository)).toEqual([]);
  });

  it("runs none of the user's hooks", async () => {
    const { repository, first, git } = await open();
    await git("config", "core.hooksPath", "hooks");
    const hook = join(repository.top, "hooks", "post-checkout");
    await import("node:fs").then(({ mkdirSync, writeFileSync }) => {
      mkdirSync(join(repository.top, "hooks"));
      writeFileSync(hook, `#!/bin/sh\ntouch ${join(repository.top, "ran")}\n`, { mode: 0o755 });
    });
    orThrow(await withWorktree(repository, first, async () => ok(null)));
    expect(existsSync(join(repository.top, "ran"))).toBe(false);
  });

  it("of two runs are two, and neither prunes the other", async () => {
    const { repository, first, list } = await open();
    await Promise.all(
      [1, 2].map(async () =>
        orThrow(
          await withWorktree(repository, first, async (folder) => {
            orThrow(await pruneWorktrees(repository));
            expect(existsSync(join(folder, "file"))).toBe(true);
            return ok(null);
          }),
        ),
      ),
    );
    expect(await list()).toHaveLength(1);
  });
});

describe("what a kill left behind", () => {
  const NAME = `imagegate-${"0".repeat(24)}`;

  it("is removed by the next run, with its lock", async () => {
    const { repository, first, list, git } = await open();
    const folder = join(repository.top, "..", NAME);
    await git("worktree", "add", "--quiet", "--detach", folder, first);
    await git("worktree", "lock", folder);
    orThrow(await pruneWorktrees(repository));
    expect(await list()).toHaveLength(1);
    expect(existsSync(folder)).toBe(false);
    expect(locks(repository)).toEqual([]);
  });

  it("is removed also when its folder is gone already", async () => {
    const { repository, first, list, git } = await open();
    const folder = join(repository.top, "..", NAME);
    await git("worktree", "add", "--quiet", "--detach", folder, first);
    rmSync(folder, { recursive: true });
    orThrow(await pruneWorktrees(repository));
    expect(await list()).toHaveLength(1);
  });

  it("is nothing that somebody holds, and no checkout of the user's", async () => {
    const { repository, first, list, git } = await open();
    const held = join(repository.top, "..", NAME);
    const users = join(repository.top, "..", `${NAME}-of-mine`);
    await git("worktree", "add", "--quiet", "--detach", held, first);
    await git("worktree", "add", "--quiet", "--detach", users, first);
    const lock = orThrow(await acquireLock(join(repository.commonFolder, "imagegate", `${NAME}.lock`)));
    orThrow(await pruneWorktrees(repository));
    expect(await list()).toHaveLength(3);
    await lock.release();
    orThrow(await pruneWorktrees(repository));
    expect(await list()).toHaveLength(2);
    rmSync(users, { recursive: true });
  });
});
