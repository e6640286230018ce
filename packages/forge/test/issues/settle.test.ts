import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ISSUES, startForgeServer, type ForgeServer } from "../fixtures/forge-server.ts";
import { issueRun, MARKER, RETIRED, standing, urlOf, type IssueRun } from "./run.ts";

let server: ForgeServer;
let issues: IssueRun;

beforeEach(async () => {
  server = await startForgeServer();
  issues = issueRun(server);
});
afterEach(() => server.stop());

const told = (): readonly unknown[] => server.comments.map(({ issue, body }) => [issue, body]);

describe("issues that are settled", () => {
  it("are none: nothing is written", async () => {
    standing(server, { number: 1, author: "mallory" });
    standing(server, { number: 2, body: "<!-- imagegate: nightly -->\nold" });
    expect(await issues.settle("well")).toEqual({ ok: true, value: { closed: [] } });
    expect(issues.writes()).toEqual([]);
  });

  it("are told why, closed, and over: a second time changes nothing", async () => {
    await issues.raise("one");
    expect(await issues.settle("well")).toEqual({
      ok: true,
      value: { closed: [{ number: 11, url: urlOf(11) }] },
    });
    expect(server.issues).toMatchObject([
      { state: "closed", state_reason: "completed", body: `${RETIRED}\none` },
    ]);
    expect(told()).toEqual([[11, `${MARKER}\nwell`]]);
    const before = issues.writes().length;
    expect(await issues.settle("well")).toEqual({ ok: true, value: { closed: [] } });
    expect(issues.writes()).toHaveLength(before);
    expect(await issues.raise("one")).toMatchObject({ value: { state: "opened", number: 12 } });
  });

  it("are closed without another word when somebody closed them before", async () => {
    standing(server, { number: 7, state: "closed", state_reason: "not_planned" });
    expect(await issues.settle("well")).toEqual({ ok: true, value: { closed: [] } });
    expect(server.issues).toMatchObject([
      { state: "closed", state_reason: "not_planned", body: `${RETIRED}\nold` },
    ]);
    expect(server.comments).toEqual([]);
  });

  it("are told once, when closing them failed the first time", async () => {
    standing(server, { number: 7 });
    server.misbehave(`PATCH ${ISSUES}/7`, { status: 403 });
    expect(await issues.settle("well")).toMatchObject({ failure: { reason: "api-forbidden" } });
    expect(server.issues).toMatchObject([{ state: "open", body: `${MARKER}\nold` }]);
    expect(await issues.settle("well")).toMatchObject({ value: { closed: [{ number: 7 }] } });
    expect(told()).toEqual([[7, `${MARKER}\nwell`]]);
  });

  it("are all closed, whatever happens to one of them meanwhile", async () => {
    for (const number of [7, 8]) standing(server, { number });
    server.onRequest = (request) => {
      if (request === `PATCH ${ISSUES}/7`) server.issues.splice(0, 1);
    };
    expect(await issues.settle("well")).toMatchObject({ value: { closed: [{ number: 8 }] } });
    expect(server.issues).toMatchObject([{ number: 8, state: "closed" }]);
  });

  it("stay open when the comment may not be written", async () => {
    standing(server, { number: 7 });
    server.misbehave(`POST ${ISSUES}/7/comments`, { status: 403 });
    expect(await issues.settle("well")).toMatchObject({ failure: { reason: "api-forbidden" } });
    expect(server.issues).toMatchObject([{ state: "open" }]);
  });
});
