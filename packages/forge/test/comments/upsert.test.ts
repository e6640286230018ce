import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openGitHubThread, openGitLabThread } from "../../src/comments/threads.ts";
import { upsertComment } from "../../src/comments/upsert.ts";
import {
  ISSUE_COMMENTS,
  MERGE_REQUEST,
  REPOSITORY_PATH,
  startForgeServer,
  type ForgeServer,
} from "../fixtures/forge-server.ts";
import { githubRun, gitlabRun, TOKEN, type TestRun } from "../fixtures/run.ts";

const MARKER = "<!-- imagegate: report -->";

/** The same behaviour on both services. */
const FORGES = {
  github: {
    viewer: "github-actions[bot]",
    stranger: "mallory",
    open: openGitHubThread,
    run: githubRun,
    list: ISSUE_COMMENTS,
    item: `${REPOSITORY_PATH}/issues/comments/`,
    write: "PATCH",
    url: (id: number) => `https://github.test/acme/images/pull/5#issuecomment-${id}`,
  },
  gitlab: {
    viewer: "7000",
    stranger: "13",
    open: openGitLabThread,
    run: gitlabRun,
    list: `${MERGE_REQUEST}/notes`,
    item: `${MERGE_REQUEST}/notes/`,
    write: "PUT",
    url: (id: number) => `https://gitlab.test/acme/-/5#note_${id}`,
  },
} as const;

let server: ForgeServer;

beforeEach(async () => {
  server = await startForgeServer();
});
afterEach(() => server.stop());

function writes(): readonly string[] {
  return server.requests.filter((request) => !/^(GET|POST \/graphql)/.test(request));
}

function bodies(): readonly string[] {
  return server.comments.map(({ body }) => body);
}

describe.each(Object.keys(FORGES) as (keyof typeof FORGES)[])("a sticky comment on %s", (name) => {
  const forge = FORGES[name];
  let run: TestRun;

  beforeEach(() => {
    server.viewer = forge.viewer;
    run = forge.run(server);
  });

  async function upsert(body: string, key = "report") {
    const thread = await forge.open(run.options, 5);
    if (!thread.ok) return thread;
    return upsertComment(thread.value, { key, body });
  }

  it("is created, then left alone, then updated", async () => {
    expect(await upsert("one\n")).toEqual({
      ok: true,
      value: { state: "created", url: forge.url(101), removed: 0 },
    });
    expect(bodies()).toEqual([`${MARKER}\none`]);
    expect(writes()).toEqual([`POST ${forge.list}`]);
    expect(await upsert("one")).toMatchObject({ value: { state: "unchanged", url: forge.url(101) } });
    expect(writes()).toHaveLength(1);
    expect(await upsert("two")).toMatchObject({ value: { state: "updated", url: forge.url(101) } });
    expect(writes().slice(1)).toEqual([`${forge.write} ${forge.item}101`]);
    expect(bodies()).toEqual([`${MARKER}\ntwo`]);
    expect(run.waits).toEqual([]);
  });

  it("is told from one of another key", async () => {
    await upsert("one");
    expect(await upsert("other", "nightly")).toMatchObject({ value: { state: "created" } });
    expect(bodies()).toEqual([`${MARKER}\none`, "<!-- imagegate: nightly -->\nother"]);
  });

  it("is never somebody else's, whatever that one carries", async () => {
    server.comments.push({ id: 1, author: forge.stranger, body: `${MARKER}\none` });
    expect(await upsert("one")).toMatchObject({ value: { state: "created", removed: 0 } });
    expect(server.comments[0]).toEqual({ id: 1, author: forge.stranger, body: `${MARKER}\none` });
    expect(server.comments).toHaveLength(2);
  });

  it("is none of ours that quotes the marker", async () => {
    server.comments.push({ id: 1, author: forge.viewer, body: `> said\n${MARKER}\n` });
    expect(await upsert("one")).toMatchObject({ value: { state: "created" } });
    expect(bodies()[0]).toBe(`> said\n${MARKER}\n`);
  });

  it("is corrected when others edited it, and not for the line ends and blanks that a service makes", async () => {
    server.comments.push({ id: 1, author: forge.viewer, body: `${MARKER}\r\none\r\n\r\n` });
    expect(await upsert("one")).toMatchObject({ value: { state: "unchanged" } });
    server.comments[0]!.body = `${MARKER}\nall is well`;
    expect(await upsert("one")).toMatchObject({ value: { state: "updated" } });
    expect(bodies()).toEqual([`${MARKER}\none`]);
  });

  it("is found on the last of many pages", async () => {
    server.pageItems = 2;
    for (let id = 1; id <= 8; id += 1) server.comments.push({ id, author: forge.stranger, body: "hello" });
    server.comments.push({ id: 9, author: forge.viewer, body: `${MARKER}\nold` });
    expect(await upsert("new")).toMatchObject({ value: { state: "updated", url: forge.url(9) } });
    expect(server.requests.filter((request) => request.startsWith(`GET ${forge.list}`))).toHaveLength(5);
  });

  it("is one: several of ours become the oldest", async () => {
    for (const id of [12, 10, 11])
      server.comments.push({ id, author: forge.viewer, body: `${MARKER}\nof ${id}` });
    server.comments.push({ id: 1, author: forge.stranger, body: `${MARKER}\nof 12` });
    expect(await upsert("new")).toEqual({
      ok: true,
      value: { state: "updated", url: forge.url(10), removed: 2 },
    });
    expect(server.comments.map(({ id }) => id)).toEqual([10, 1]);
  });

  it("is one when two runs create it at the same time", async () => {
    const waiting: (() => void)[] = [];
    const thread = await forge.open(run.options, 5);
    const other = await forge.open(run.options, 5);
    if (!thread.ok || !other.ok) throw new Error("no thread");
    // Both look before either writes.
    const together = [thread.value, other.value].map((each) => ({
      ...each,
      add: async (body: string) => {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          if (waiting.length === 2) for (const go of waiting.splice(0)) go();
        });
        return each.add(body);
      },
    }));
    const reports = await Promise.all(
      together.map((each) => upsertComment(each, { key: "report", body: "same" })),
    );
    expect(reports.map((report) => report.ok)).toEqual([true, true]);
    expect(await upsert("same")).toMatchObject({
      value: { state: "unchanged", url: forge.url(101), removed: 0 },
    });
    expect(bodies()).toEqual([`${MARKER}\nsame`]);
  });

  it("is written anew when it vanishes under our hands", async () => {
    server.comments.push({ id: 1, author: forge.viewer, body: `${MARKER}\nold` });
    server.onRequest = (request) => {
      if (request.startsWith(forge.write)) server.comments.splice(0, 1);
    };
    expect(await upsert("new")).toMatchObject({ value: { state: "created" } });
    expect(bodies()).toEqual([`${MARKER}\nnew`]);
  });

  it.each([
    ["the answer is lost", { cut: "after" }],
    ["a proxy gives up", { status: 502, afterwards: true, body: "<html>Bad Gateway" }],
  ] as const)("is not written twice when %s after it was written", async (_, fault) => {
    server.misbehave(`POST ${forge.list}`, fault);
    expect(await upsert("one")).toMatchObject({ value: { state: "created", url: forge.url(101) } });
    expect(bodies()).toEqual([`${MARKER}\none`]);
    expect(writes()).toHaveLength(1);
    expect(run.waits).toEqual([1_000]);
  });

  it("is written by a later attempt when the first one failed", async () => {
    server.misbehave(`POST ${forge.list}`, { status: 500 }, { cut: "before" });
    expect(await upsert("one")).toMatchObject({ value: { state: "created" } });
    expect(bodies()).toEqual([`${MARKER}\none`]);
    expect(run.waits).toEqual([1_000, 2_000]);
  });

  it("fails when nothing helps", async () => {
    server.misbehave(`POST ${forge.list}`, ...Array.from({ length: 9 }, () => ({ status: 503 }) as const));
    expect(await upsert("one")).toMatchObject({
      ok: false,
      failure: { reason: "api-unavailable", attempts: 1, found: "status 503" },
    });
    expect(writes()).toHaveLength(4);
  });

  it.each([
    [400, "api-rejected"],
    [401, "api-unauthorized"],
    [403, "api-forbidden"],
    [404, "api-not-found"],
    [409, "api-rejected"],
    [422, "api-rejected"],
  ])("is tried once when it is answered with %i", async (status, reason) => {
    server.misbehave(`POST ${forge.list}`, { status, body: { message: "Validation Failed" } });
    expect(await upsert("one")).toMatchObject({
      ok: false,
      failure: { reason, message: "Validation Failed", request: `POST ${server.url}${forge.list}` },
    });
    expect(writes()).toHaveLength(1);
    expect(run.waits).toEqual([]);
  });

  it("waits as long as it is told to", async () => {
    server.misbehave(`POST ${forge.list}`, { status: 429, headers: { "retry-after": "7" } });
    server.misbehave(`GET ${forge.list}`, { status: 503, headers: { "retry-after": "3" } });
    expect(await upsert("one")).toMatchObject({ value: { state: "created" } });
    expect(run.waits).toEqual([3_000, 7_000]);
    expect(bodies()).toHaveLength(1);
  });

  it("does not wait longer than anybody would", async () => {
    server.misbehave(`GET ${forge.list}`, { status: 403, headers: { "retry-after": "3600" } });
    expect(await upsert("one")).toMatchObject({
      failure: { reason: "api-rate-limited", waitMs: 3_600_000 },
    });
    expect(run.waits).toEqual([]);
  });

  it.each([
    ["is empty", " \n", "comment-empty"],
    ["shows the token", `x${TOKEN}x`, "comment-holds-token"],
    ["is too large", "x".repeat(1_000_001), "comment-too-large"],
  ])("is refused before any write when it %s", async (_, body, reason) => {
    const thread = await forge.open(run.options, 5);
    if (!thread.ok) throw new Error("no thread");
    const before = server.requests.length;
    expect(await upsertComment(thread.value, { key: "report", body })).toMatchObject({ failure: { reason } });
    expect(server.requests).toHaveLength(before);
  });

  it("holds as much as the service takes, and not one character more", async () => {
    const thread = await forge.open(run.options, 5);
    if (!thread.ok) throw new Error("no thread");
    const room = thread.value.maxCharacters - `${MARKER}\n`.length;
    expect(thread.value.maxCharacters).toBe(name === "github" ? 65_536 : 1_000_000);
    expect(await upsert("x".repeat(room))).toMatchObject({ value: { state: "created" } });
    expect(await upsert("x".repeat(room + 1))).toMatchObject({
      failure: { reason: "comment-too-large", characters: thread.value.maxCharacters + 1 },
    });
  });

  it.each(["", "a b", "-x", "a--b", "x".repeat(65), "-->", "ключ"])(
    "has no key %j, which a marker could not hold",
    async (key) => {
      expect(await upsert("one", key)).toEqual({
        ok: false,
        failure: { reason: "comment-key-invalid", key },
      });
      expect(writes()).toEqual([]);
    },
  );

  it("never shows the token, also when the service does", async () => {
    const shown = `bad ${TOKEN} or ${Buffer.from(TOKEN).toString("base64")}`;
    const headers = { location: `https://elsewhere.test/?t=${encodeURIComponent(TOKEN)}` };
    for (const status of [301, 400, 401, 403, 404, 422, 500]) {
      const body = { message: shown, errors: [{ token: TOKEN }] };
      const attempts = status === 500 ? 4 : 1;
      server.misbehave(
        `GET ${forge.list}`,
        ...Array.from({ length: attempts }, () => ({ status, headers, body })),
      );
      const failed = await upsert("one");
      expect(failed.ok).toBe(false);
      expect(JSON.stringify(failed)).not.toContain(TOKEN);
      expect(JSON.stringify(failed)).not.toContain(Buffer.from(TOKEN).toString("base64").slice(0, 20));
    }
    server.misbehave(`POST ${forge.list}`, {
      status: 201,
      body:
        name === "github"
          ? { id: 9, body: "", html_url: `https://x.test/${TOKEN}`, user: { login: forge.viewer } }
          : { id: 9, body: TOKEN, system: false, author: { id: 7000 } },
    });
    const told = await upsert("one");
    expect(told.ok).toBe(true);
    expect(JSON.stringify(told)).not.toContain(TOKEN);
  });

  it("goes nowhere else: neither a redirect nor a next page takes the token along", async () => {
    const elsewhere = await startForgeServer();
    try {
      server.misbehave(`GET ${forge.list}`, { status: 302, headers: { location: `${elsewhere.url}/x` } });
      expect(await upsert("one")).toMatchObject({
        failure: { reason: "api-redirected", location: `${elsewhere.url}/x` },
      });
      const link = `<${elsewhere.url}${forge.list}?page=2>; rel="next"`;
      server.misbehave(`GET ${forge.list}`, { status: 200, headers: { link }, body: [] });
      expect(await upsert("one")).toMatchObject({ failure: { reason: "api-answer" } });
      expect(elsewhere.requests).toEqual([]);
    } finally {
      await elsewhere.stop();
    }
  });

  it("ends at once when the run is cancelled", async () => {
    const controller = new AbortController();
    server.misbehave(`GET ${forge.list}`, { silentMs: 60_000 });
    server.onRequest = (request) => {
      if (request.startsWith(`GET ${forge.list}`)) controller.abort();
    };
    run = { ...run, options: { ...run.options, signal: controller.signal } };
    expect(await upsert("one")).toEqual({ ok: false, failure: { reason: "cancelled" } });
  });
});
