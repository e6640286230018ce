import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runProcess } from "@imagegate/host";
import { expect } from "vitest";
import { temporaryFolder } from "../workspace.ts";

/** Nobody's configuration, and commits that are the same everywhere. */
export const IDENTITY = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_AUTHOR_NAME: "A. Author",
  GIT_AUTHOR_EMAIL: "author@example.org",
  GIT_COMMITTER_NAME: "C. Committer",
  GIT_COMMITTER_EMAIL: "committer@example.org",
  GIT_AUTHOR_DATE: "2026-01-01T12:00:00+02:00",
  GIT_COMMITTER_DATE: "2026-01-01T12:00:00+02:00",
};

/** Runs git in a folder; anything but exit 0 fails the test. */
export async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  const outcome = await runProcess(["git", ...args], { cwd, env: IDENTITY });
  expect(outcome, args.join(" ")).toMatchObject({ kind: "exited", exitCode: 0 });
  return "stdout" in outcome ? Buffer.from(outcome.stdout).toString("utf8").trim() : "";
}

/** A repository in a private folder. */
export interface TestRepository {
  readonly root: string;
  readonly git: (...args: readonly string[]) => Promise<string>;
  write(path: string, text: string): void;
  read(path: string): string;
  remove(path: string): void;
  /** Commits everything as it is; gives the commit. */
  commit(subject: string): Promise<string>;
}

/** Makes an empty repository. */
export async function makeRepository(root: string = temporaryFolder()): Promise<TestRepository> {
  const run = (...args: readonly string[]): Promise<string> => git(root, ...args);
  await run("init", "--quiet", "--initial-branch=main");
  return {
    root,
    git: run,
    write: (path, text) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    read: (path) => readFileSync(join(root, path), "utf8"),
    remove: (path) => rmSync(join(root, path), { recursive: true }),
    commit: async (subject) => {
      await run("add", "--all");
      await run("commit", "--quiet", "--allow-empty", "-m", subject);
      return run("rev-parse", "HEAD");
    },
  };
}
