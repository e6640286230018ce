import { ok, type Result } from "@imagegate/core";
import * as z from "zod";
import type { SettingFailure } from "../failure.ts";
import { callAllPages, callApi, pause } from "../http/api.ts";
import type { ForgeOptions } from "../http/open.ts";
import type { Issue, IssueChange, IssueTracker } from "../issues/issue.ts";
import { githubRequest, openGitHub, type GitHub } from "./client.ts";
import { githubThread } from "./comments.ts";
import { findViewer } from "./identity.ts";

/** What GitHub takes as the body of an issue. */
const MAX_CHARACTERS = 65_536;
const PAGE_ITEMS = 100;

const issue = z
  .object({
    number: z.int().positive(),
    html_url: z.string(),
    body: z.string().nullish(),
    state: z.enum(["open", "closed"]),
    // Null for an account that is gone.
    user: z.object({ login: z.string() }).nullable(),
    pull_request: z.unknown().optional(),
  })
  .transform(({ number, html_url, body, state, user, pull_request }): Issue & { isPull: boolean } => ({
    number,
    author: user?.login ?? "",
    body: body ?? "",
    isOpen: state === "open",
    url: html_url,
    isPull: pull_request !== undefined && pull_request !== null,
  }));

const STATES = {
  open: { state: "open", state_reason: "reopened" },
  done: { state: "closed", state_reason: "completed" },
  dropped: { state: "closed", state_reason: "not_planned" },
} as const;

/** Opens the issues of the repository that the environment names; nothing is sent yet. */
export function openGitHubIssues(options: ForgeOptions): Result<IssueTracker, SettingFailure> {
  const github = openGitHub(options);
  return github.ok ? ok(githubIssues(github.value)) : github;
}

function githubIssues(github: GitHub): IssueTracker {
  const { api, repository, endpoint } = github;
  return {
    maxCharacters: MAX_CHARACTERS,
    showsToken: (text) => api.redact(text) !== text,
    author: () => findViewer(github),
    list: async (author) => {
      const parameters = { ...repository, state: "all", creator: author, per_page: PAGE_ITEMS } as const;
      const described = endpoint("GET /repos/{owner}/{repo}/issues", parameters);
      const listed = await callAllPages(api, githubRequest("read", described), z.array(issue));
      // To GitHub a pull request is an issue, too.
      return listed.ok ? ok(listed.value.filter(({ isPull }) => !isPull)) : listed;
    },
    open: (title, body) => {
      const described = endpoint("POST /repos/{owner}/{repo}/issues", { ...repository, title, body });
      return callApi(api, githubRequest("add", described), issue);
    },
    change: (number, { body, state }: IssueChange) => {
      const described = endpoint("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
        ...repository,
        issue_number: number,
        ...(body === undefined ? {} : { body }),
        ...(state === undefined ? {} : STATES[state]),
      });
      return callApi(api, githubRequest("settle", described), issue);
    },
    comments: (number) => githubThread(github, number),
    pause: (rounds) => pause(api, rounds),
  };
}
