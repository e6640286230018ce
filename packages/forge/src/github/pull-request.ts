import { fail, ok, type Result } from "@imagegate/core";
import * as z from "zod";
import type { ApiFailure, PullRequestFailure } from "../failure.ts";
import { callAllPages } from "../http/api.ts";
import { githubRequest, type GitHub } from "./client.ts";
import { readGitHubEvent, type GitHubEvent } from "./event.ts";

const PAGE_ITEMS = 100;

const pulls = z.array(
  z.object({
    number: z.int().positive(),
    head: z.object({ sha: z.string(), repo: z.object({ id: z.int() }).nullable() }),
  }),
);

type FinishedRun = Extract<GitHubEvent, { readonly kind: "finished-run" }>;

/**
 * The number of the pull request to speak to. After a finished run it is asked for by what GitHub itself says of that
 * run: a number that comes from elsewhere, such as an artifact of the run, is only compared with the answer.
 */
export async function findPullRequest(
  github: GitHub,
  given: number | undefined,
): Promise<Result<number, ApiFailure | PullRequestFailure>> {
  const { eventPath } = github.settings;
  const event = eventPath === null ? ok({ kind: "other" } as const) : await readGitHubEvent(eventPath);
  if (!event.ok) return event;
  if (event.value.kind === "finished-run") return findByRun(github, event.value, given);
  if (given !== undefined) return ok(given);
  if (event.value.kind === "pull-request") return ok(event.value.number);
  return fail({ reason: "pull-request-unknown", forge: "github", variable: "GITHUB_EVENT_PATH" });
}

/** Open pull requests that come from the run's branch and have its commit as their head; one must be left. */
async function findByRun(
  { api, repository, endpoint }: GitHub,
  { commit, branch, headOwner, headRepositoryId }: FinishedRun,
  given: number | undefined,
): Promise<Result<number, ApiFailure | PullRequestFailure>> {
  const parameters = {
    ...repository,
    state: "open",
    head: `${headOwner}:${branch}`,
    per_page: PAGE_ITEMS,
  } as const;
  const described = endpoint("GET /repos/{owner}/{repo}/pulls", parameters);
  const listed = await callAllPages(api, githubRequest("read", described), pulls);
  if (!listed.ok) return listed;
  const numbers = listed.value
    .filter(({ head }) => head.sha === commit && head.repo?.id === headRepositoryId)
    .map(({ number }) => number)
    .toSorted((a, b) => a - b);
  const [only, ...others] = numbers;
  if (only === undefined) return fail({ reason: "pull-request-gone", commit });
  if (given !== undefined && !numbers.includes(given)) {
    return fail({ reason: "pull-request-mismatch", given, numbers });
  }
  if (given === undefined && others.length > 0) {
    return fail({ reason: "pull-request-ambiguous", commit, numbers });
  }
  return ok(given ?? only);
}
