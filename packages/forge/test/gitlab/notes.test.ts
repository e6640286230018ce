import { afterEach, beforeEach, expect, it } from "vitest";
import { openGitLabThread } from "../../src/comments/threads.ts";
import { MERGE_REQUEST, startForgeServer, type ForgeServer } from "../fixtures/forge-server.ts";
import { gitlabRun, TOKEN } from "../fixtures/run.ts";

let server: ForgeServer;

beforeEach(async () => {
  server = await startForgeServer();
  server.viewer = "7000";
});
afterEach(() => server.stop());

it("notes that GitLab itself writes about what we did are none of ours", async () => {
  server.comments.push({ id: 1, author: "7000", body: "approved", system: true });
  server.comments.push({ id: 2, author: "7000", body: "hello" });
  const thread = await openGitLabThread(gitlabRun(server).options, 5);
  if (!thread.ok) throw new Error(thread.failure.reason);
  expect(await thread.value.list()).toEqual({
    ok: true,
    value: [{ id: 2, author: "7000", body: "hello", url: "https://gitlab.test/acme/-/5#note_2" }],
  });
  expect(server.authorizations).toEqual([TOKEN, TOKEN]);
});

it("a merge request that is not there is found out before anything is written", async () => {
  server.misbehave(`GET ${MERGE_REQUEST}`, { status: 404, body: { message: "404 Not found" } });
  expect(await openGitLabThread(gitlabRun(server).options, 5)).toMatchObject({
    ok: false,
    failure: { reason: "api-not-found", message: "404 Not found" },
  });
});

it.each([
  [{ error: "insufficient_scope", error_description: "needs api" }, "insufficient_scope: needs api"],
  [{ message: { base: ["is invalid"] } }, '{"base":["is invalid"]}'],
  ["<html>", "no JSON"],
])("a refusal says what GitLab says: %j", async (body, message) => {
  server.misbehave(`GET ${MERGE_REQUEST}`, { status: 403, body });
  expect(await openGitLabThread(gitlabRun(server).options, 5)).toMatchObject({
    failure: { reason: "api-forbidden", message },
  });
});
