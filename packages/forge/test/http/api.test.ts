import { ok } from "@imagegate/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openGitHub } from "../../src/github/client.ts";
import { githubThread } from "../../src/github/comments.ts";
import type { Pacing } from "../../src/http/pacing.ts";
import { ISSUE_COMMENTS, startForgeServer, type Fault, type ForgeServer } from "../fixtures/forge-server.ts";
import { githubRun, runWith, TOKEN } from "../fixtures/run.ts";

const LIST = `GET ${ISSUE_COMMENTS}`;
let server: ForgeServer;

beforeEach(async () => {
  server = await startForgeServer();
});
afterEach(() => server.stop());

async function list(pacing: Partial<Pacing> = {}) {
  const run = runWith(githubRun(server).options.env as Record<string, string>, pacing);
  const github = openGitHub(run.options);
  if (!github.ok) throw new Error(github.failure.reason);
  return { listed: await githubThread(github.value, 5).list(), waits: run.waits };
}

describe("a request that reads", () => {
  it.each<[string, Fault]>([
    ["500", { status: 500 }],
    ["502 with a page of HTML", { status: 502, body: "<html>", headers: { "content-type": "text/html" } }],
    ["503", { status: 503 }],
    ["504", { status: 504 }],
    ["408", { status: 408 }],
    ["429", { status: 429 }],
    ["a cut before the answer", { cut: "before" }],
    ["a cut within the answer", { cut: "in-body" }],
  ])("is sent again after %s", async (_, fault) => {
    server.comments.push({ id: 1, author: "me", body: "x" });
    server.misbehave(LIST, fault, fault);
    const { listed, waits } = await list();
    expect(listed).toMatchObject({ ok: true, value: [{ id: 1, author: "me", body: "x" }] });
    expect(waits).toEqual([1_000, 2_000]);
  });

  it("is sent again after silence", async () => {
    server.misbehave(LIST, { silentMs: 60_000 });
    // Long enough for the answer that comes.
    const { listed, waits } = await list({ timeoutMs: 5_000 });
    expect(listed).toEqual(ok([]));
    expect(waits).toEqual([1_000]);
    expect(server.requests).toHaveLength(2);
  });

  it("is given up after the last attempt", async () => {
    server.misbehave(LIST, ...Array.from({ length: 4 }, () => ({ status: 500 }) as const));
    const { listed, waits } = await list();
    expect(listed).toMatchObject({
      failure: { reason: "api-unavailable", attempts: 4, found: "status 500" },
    });
    expect(waits).toEqual([1_000, 2_000, 4_000]);
    expect(server.requests).toHaveLength(4);
  });

  it.each([
    ["the reset of a used-up limit", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1012" }, 12_000],
    ["a date", { "retry-after": new Date(1_005_000).toUTCString() }, 5_000],
    ["seconds", { "retry-after": "2" }, 2_000],
  ])("waits for %s", async (_, headers, waitMs) => {
    server.misbehave(LIST, { status: 403, headers });
    const { listed, waits } = await list({ now: () => 1_000_000 });
    expect(listed).toEqual(ok([]));
    expect(waits).toEqual([waitMs]);
  });

  it("is sent once when it is forbidden for another reason", async () => {
    const headers = { "x-ratelimit-remaining": "4999" };
    server.misbehave(LIST, { status: 403, headers, body: { message: "Resource not accessible" } });
    const { listed, waits } = await list();
    expect(listed).toMatchObject({
      failure: { reason: "api-forbidden", message: "Resource not accessible" },
    });
    expect(waits).toEqual([]);
  });

  it.each([
    ["no JSON", "<html>", "JSON"],
    ["nothing", "", "the answer: "],
    ["no list", { message: "odd" }, "the answer: "],
    ["an item without an id", [{ body: "x" }], "0.id: "],
  ])("refuses an answer that is %s", async (_, body, expected) => {
    server.misbehave(LIST, { status: 200, body });
    const { listed } = await list();
    expect(listed).toMatchObject({ ok: false, failure: { reason: "api-answer" } });
    expect(JSON.stringify(listed)).toContain(expected);
  });

  it("does not take a list for whole that has no end", async () => {
    const link = `<${server.url}${ISSUE_COMMENTS}?page=2>; rel="next"`;
    server.misbehave(
      LIST,
      ...Array.from({ length: 101 }, () => ({ status: 200, headers: { link }, body: [] })),
    );
    const { listed } = await list();
    expect(listed).toMatchObject({ failure: { reason: "api-answer", expected: "at most 100 pages" } });
    expect(server.requests).toHaveLength(100);
  });

  it("says that nobody listens", async () => {
    await server.stop();
    const { listed, waits } = await list();
    expect(listed).toMatchObject({
      failure: { reason: "api-unavailable", found: "ECONNREFUSED", attempts: 4 },
    });
    expect(waits).toHaveLength(3);
  });

  it("carries the token as a bearer, and takes comments of accounts that are gone", async () => {
    server.misbehave(LIST, { status: 200, body: [{ id: 3, html_url: "u", user: null }] });
    const { listed } = await list();
    expect(listed).toEqual(ok([{ id: 3, author: "", body: "", url: "u" }]));
    expect(server.authorizations).toEqual([`Bearer ${TOKEN}`]);
  });
});
