import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openGitHub } from "../../src/github/client.ts";
import { findPullRequest } from "../../src/github/pull-request.ts";
import { startForgeServer, type ForgeServer } from "../fixtures/forge-server.ts";
import { githubRun } from "../fixtures/run.ts";

const COMMIT = "a".repeat(40);
const OTHER = "b".repeat(40);
/** A run of a fork's pull request, of which GitHub names no pull request. */
const FORK_RUN = {
  event: "pull_request",
  head_sha: COMMIT,
  head_branch: "add chrony",
  head_repository: { id: 77, owner: { login: "fork-owner" } },
  pull_requests: [],
};

let folder: string;
let server: ForgeServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "imagegate-forge-"));
  server = await startForgeServer();
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

async function find(event: unknown, given?: number) {
  const path = join(folder, "event.json");
  if (event !== undefined) writeFileSync(path, typeof event === "string" ? event : JSON.stringify(event));
  const github = openGitHub(githubRun(server, event === null ? {} : { GITHUB_EVENT_PATH: path }).options);
  if (!github.ok) throw new Error(github.failure.reason);
  return findPullRequest(github.value, given);
}

function pull(number: number, sha: string, id: number | null) {
  return { number, head: { sha, repo: id === null ? null : { id } } };
}

describe("the pull request", () => {
  it.each([
    [{ pull_request: { number: 5 } }, undefined, 5],
    [{ issue: { number: 6, pull_request: { url: "x" } } }, undefined, 6],
    [{ pull_request: { number: 5 } }, 8, 8],
    [{ ref: "refs/heads/main" }, 8, 8],
    [null, 8, 8],
  ])("of %j, given %s, is %i", async (event, given, expected) => {
    expect(await find(event, given)).toEqual({ ok: true, value: expected });
    expect(server.requests).toEqual([]);
  });

  it.each([
    [{ ref: "refs/heads/main" }, "pull-request-unknown"],
    [{ issue: { number: 6 } }, "pull-request-unknown"],
    [null, "pull-request-unknown"],
    [{ pull_request: { number: "5" } }, "event-unknown"],
    [[], "event-unknown"],
    ["{", "event-unreadable"],
    [undefined, "event-unreadable"],
    [{ workflow_run: { ...FORK_RUN, event: "push" } }, "event-unknown"],
    [{ workflow_run: { ...FORK_RUN, head_sha: "HEAD" } }, "event-unknown"],
    [{ workflow_run: { ...FORK_RUN, head_repository: null } }, "event-unknown"],
    [{ workflow_run: null, pull_request: { number: 5 } }, "event-unknown"],
  ])("of %j is not known", async (event, reason) => {
    expect(await find(event)).toMatchObject({ ok: false, failure: { reason } });
    expect(server.requests).toEqual([]);
  });
});

describe("the pull request of a run that ended", () => {
  it("is the open one whose head is the commit that ran, whatever others there are", async () => {
    server.pulls.push(pull(3, OTHER, 77), pull(5, COMMIT, 77), pull(6, COMMIT, 78), pull(7, COMMIT, null));
    expect(await find({ workflow_run: FORK_RUN })).toEqual({ ok: true, value: 5 });
    expect(server.requests).toEqual([
      "GET /repos/acme/images/pulls?state=open&head=fork-owner%3Aadd%20chrony&per_page=100",
    ]);
  });

  it("is compared with a number from elsewhere, never replaced by it", async () => {
    server.pulls.push(pull(5, COMMIT, 77), pull(6, OTHER, 77));
    expect(await find({ workflow_run: FORK_RUN }, 5)).toEqual({ ok: true, value: 5 });
    expect(await find({ workflow_run: FORK_RUN }, 6)).toEqual({
      ok: false,
      failure: { reason: "pull-request-mismatch", given: 6, numbers: [5] },
    });
  });

  it("is gone once the branch has moved on or the pull request was closed", async () => {
    server.pulls.push(pull(5, OTHER, 77));
    expect(await find({ workflow_run: FORK_RUN }, 5)).toEqual({
      ok: false,
      failure: { reason: "pull-request-gone", commit: COMMIT },
    });
  });

  it("is chosen by number when a branch has several", async () => {
    server.pulls.push(pull(6, COMMIT, 77), pull(5, COMMIT, 77));
    expect(await find({ workflow_run: FORK_RUN })).toEqual({
      ok: false,
      failure: { reason: "pull-request-ambiguous", commit: COMMIT, numbers: [5, 6] },
    });
    expect(await find({ workflow_run: FORK_RUN }, 6)).toEqual({ ok: true, value: 6 });
  });
});
