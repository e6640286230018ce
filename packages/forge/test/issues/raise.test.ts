import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ISSUES, startForgeServer, type ForgeServer } from "../fixtures/forge-server.ts";
import { githubRun, TOKEN } from "../fixtures/run.ts";
import { issueRun, MARKER, RETIRED, standing, urlOf, type IssueRun } from "./run.ts";

let server: ForgeServer;
let issues: IssueRun;

beforeEach(async () => {
  server = await startForgeServer();
  issues = issueRun(server);
});
afterEach(() => server.stop());

describe("an issue that is raised", () => {
  it("is opened, then left alone, then corrected", async () => {
    const opened = { state: "opened", number: 11, url: urlOf(11), dropped: 0 };
    expect(await issues.raise("one\n")).toEqual({ ok: true, value: opened });
    expect(server.issues).toMatchObject([{ title: "Pins", body: `${MARKER}\none`, state: "open" }]);
    expect(await issues.raise("one")).toEqual({ ok: true, value: { ...opened, state: "unchanged" } });
    expect(issues.writes()).toEqual([`POST ${ISSUES}`]);
    expect(await issues.raise("two")).toEqual({ ok: true, value: { ...opened, state: "updated" } });
    expect(issues.writes().slice(1)).toEqual([`PATCH ${ISSUES}/11`]);
    expect(server.issues).toMatchObject([{ body: `${MARKER}\ntwo`, state: "open" }]);
  });

  it("keeps the title that somebody gave it", async () => {
    standing(server, { number: 7, title: "Busybox moved" });
    await issues.raise("new");
    expect(server.issues).toMatchObject([{ number: 7, title: "Busybox moved", body: `${MARKER}\nnew` }]);
  });

  it("is opened again when somebody closed it, with the words of today", async () => {
    standing(server, { number: 7, state: "closed", state_reason: "not_planned" });
    expect(await issues.raise("old")).toMatchObject({ value: { state: "reopened", number: 7 } });
    expect(server.issues).toMatchObject([{ state: "open", state_reason: "reopened" }]);
    expect(issues.writes()).toEqual([`PATCH ${ISSUES}/7`]);
    expect(await issues.raise("old")).toMatchObject({ value: { state: "unchanged" } });
  });

  it("is another one when the last was closed because all was well", async () => {
    standing(server, { number: 7, state: "closed", body: `${RETIRED}\nold` });
    expect(await issues.raise("old")).toMatchObject({ value: { state: "opened", number: 11 } });
    expect(server.issues[0]).toMatchObject({ state: "closed", body: `${RETIRED}\nold` });
  });

  it("is never somebody else's, nor a pull request, nor of another key, nor one that quotes the marker", async () => {
    const strangers = [
      standing(server, { number: 1, author: "mallory", body: `${MARKER}\none` }),
      standing(server, { number: 2, pull_request: {}, body: `${MARKER}\none` }),
      standing(server, { number: 3, body: "<!-- imagegate: nightly -->\none" }),
      standing(server, { number: 4, body: `> said\n${MARKER}\none` }),
    ].map((issue) => ({ ...issue }));
    expect(await issues.raise("two")).toMatchObject({ value: { state: "opened", dropped: 0 } });
    expect(server.issues.slice(0, 4)).toEqual(strangers);
  });

  it("is not believed to be ours because a service ignores whom we asked for", async () => {
    standing(server, { number: 1, author: "mallory" });
    const body = [
      { number: 1, html_url: "x", body: `${MARKER}\none`, state: "open", user: { login: "mallory" } },
    ];
    server.misbehave(`GET ${ISSUES}`, { status: 200, body });
    expect(await issues.raise("two")).toMatchObject({ value: { state: "opened", number: 11 } });
  });

  it("is found on the last of many pages", async () => {
    server.pageItems = 2;
    for (let number = 1; number <= 8; number += 1) standing(server, { number, body: "hello" });
    standing(server, { number: 9 });
    expect(await issues.raise("new")).toMatchObject({ value: { state: "updated", number: 9 } });
    expect(server.requests.filter((request) => request.startsWith(`GET ${ISSUES}`))).toHaveLength(5);
  });

  it("is one: of several of ours the oldest is kept and the others are closed for good", async () => {
    for (const number of [12, 10, 11]) standing(server, { number });
    expect(await issues.raise("new")).toEqual({
      ok: true,
      value: { state: "updated", number: 10, url: urlOf(10), dropped: 2 },
    });
    expect(server.issues.toSorted((a, b) => a.number - b.number)).toMatchObject([
      { number: 10, state: "open", body: `${MARKER}\nnew` },
      { number: 11, state: "closed", state_reason: "not_planned", body: `${RETIRED}\nold` },
      { number: 12, state: "closed", state_reason: "not_planned", body: `${RETIRED}\nold` },
    ]);
    expect(await issues.raise("new")).toMatchObject({ value: { state: "unchanged", dropped: 0 } });
  });

  it("is one when another run opens the same at the same time", async () => {
    server.onRequest = (request) => {
      if (request !== `POST ${ISSUES}` || server.issues.length > 0) return;
      standing(server, { number: 9, body: `${MARKER}\none` });
    };
    expect(await issues.raise("one")).toMatchObject({ value: { state: "opened", number: 9, dropped: 1 } });
    expect(server.issues.map(({ number, state }) => [number, state])).toEqual([
      [9, "open"],
      [11, "closed"],
    ]);
  });

  it("is opened anew when it is deleted under our hands", async () => {
    standing(server, { number: 7 });
    server.onRequest = (request) => {
      if (request.startsWith("PATCH")) server.issues.splice(0, 1);
    };
    expect(await issues.raise("new")).toMatchObject({ value: { state: "opened", number: 11 } });
  });

  it.each([
    ["the answer is lost", { cut: "after" }],
    ["a proxy gives up", { status: 502, afterwards: true, body: "<html>Bad Gateway" }],
  ] as const)("is not opened twice when %s after it was opened", async (_, fault) => {
    server.misbehave(`POST ${ISSUES}`, fault);
    expect(await issues.raise("one")).toMatchObject({ value: { state: "opened", number: 11 } });
    expect(server.issues).toHaveLength(1);
    expect(issues.writes()).toHaveLength(1);
    expect(issues.run.waits).toEqual([1_000]);
  });

  it.each([
    [401, "api-unauthorized"],
    [403, "api-forbidden"],
    [404, "api-not-found"],
    [410, "api-not-found"],
    [422, "api-rejected"],
  ])("is tried once when it is answered with %i", async (status, reason) => {
    server.misbehave(`POST ${ISSUES}`, { status, body: { message: "Issues are disabled" } });
    expect(await issues.raise("one")).toMatchObject({
      failure: { reason, message: "Issues are disabled", request: `POST ${server.url}${ISSUES}` },
    });
    expect(issues.writes()).toHaveLength(1);
  });

  it("fails, and opens nothing, when the issues cannot be read", async () => {
    server.misbehave(`GET ${ISSUES}`, { status: 200, body: [{ number: 1 }] });
    expect(await issues.raise("one")).toMatchObject({ failure: { reason: "api-answer" } });
    expect(issues.writes()).toEqual([]);
  });

  it.each([
    ["is empty", " \n", "comment-empty"],
    ["shows the token", `x${TOKEN}x`, "comment-holds-token"],
    ["is too large", "x".repeat(65_536), "comment-too-large"],
  ])("is refused before any request when it %s", async (_, body, reason) => {
    expect(await issues.raise(body)).toMatchObject({ failure: { reason } });
    expect(server.requests).toEqual([]);
  });

  it("never shows the token, also when the service does", async () => {
    for (const status of [301, 400, 403, 422]) {
      const headers = { location: `https://elsewhere.test/?t=${TOKEN}` };
      server.misbehave(`GET ${ISSUES}`, { status, headers, body: { message: TOKEN } });
      const failed = await issues.raise("one");
      expect(failed.ok).toBe(false);
      expect(JSON.stringify(failed)).not.toContain(TOKEN);
    }
  });

  it("ends at once when the run is cancelled", async () => {
    const controller = new AbortController();
    const run = githubRun(server);
    const options = { ...run.options, signal: controller.signal };
    server.misbehave(`GET ${ISSUES}`, { silentMs: 60_000 });
    server.onRequest = (request) => {
      if (request.startsWith(`GET ${ISSUES}`)) controller.abort();
    };
    expect(await issueRun(server, { ...run, options }).raise("one")).toEqual({
      ok: false,
      failure: { reason: "cancelled" },
    });
  });
});
