import type { CommentFailure, ApiFailure, RaiseReport, SettleReport } from "../../src/index.ts";
import { openGitHubIssues } from "../../src/github/issues.ts";
import { raiseIssue } from "../../src/issues/raise.ts";
import { settleIssues } from "../../src/issues/settle.ts";
import type { Result } from "@imagegate/core";
import type { ForgeServer, StoredIssue } from "../fixtures/forge-server.ts";
import { githubRun, type TestRun } from "../fixtures/run.ts";

export const MARKER = "<!-- imagegate: pins -->";
export const RETIRED = "<!-- imagegate: pins closed -->";

export const urlOf = (number: number): string => `https://github.test/acme/images/issues/${number}`;

type Failure = ApiFailure | CommentFailure;

/** What a run does with the issues of a server. */
export interface IssueRun {
  readonly run: TestRun;
  raise(body: string, key?: string): Promise<Result<RaiseReport, Failure>>;
  settle(body: string, key?: string): Promise<Result<SettleReport, Failure>>;
  /** The requests that change something. */
  writes(): readonly string[];
}

export function issueRun(server: ForgeServer, run: TestRun = githubRun(server)): IssueRun {
  const opened = openGitHubIssues(run.options);
  if (!opened.ok) throw new Error(opened.failure.reason);
  const tracker = opened.value;
  return {
    run,
    raise: (body, key = "pins") => raiseIssue(tracker, { key, title: "Pins", body }),
    settle: (body, key = "pins") => settleIssues(tracker, { key, body }),
    writes: () => server.requests.filter((request) => !/^(GET|POST \/graphql)/.test(request)),
  };
}

/** An issue that stands on the server. */
export function standing(server: ForgeServer, issue: Partial<StoredIssue> & { number: number }): StoredIssue {
  const stored: StoredIssue = {
    author: server.viewer,
    title: "Pins",
    body: `${MARKER}\nold`,
    state: "open",
    state_reason: null,
    ...issue,
  };
  server.issues.push(stored);
  return stored;
}
