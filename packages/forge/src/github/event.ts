import { fail, ok, readJson, type Result } from "@imagegate/core";
import { readFileBounded } from "@imagegate/host";
import * as z from "zod";
import type { PullRequestFailure } from "../failure.ts";

/** What the event of a run says about its pull request. */
export type GitHubEvent =
  /** The event belongs to this pull request. */
  | { readonly kind: "pull-request"; readonly number: number }
  /**
   * Another run has ended that a pull request had started. GitHub names the pull request only when it comes from the
   * same repository; the commit, the branch and the repository that it comes from are always there.
   */
  | {
      readonly kind: "finished-run";
      readonly commit: string;
      readonly branch: string;
      readonly headOwner: string;
      readonly headRepositoryId: number;
    }
  | { readonly kind: "other" };

const number = z.int().positive();
const finishedRun = z.object({
  event: z.string(),
  head_sha: z.string().regex(/^[0-9a-f]{40,64}$/),
  head_branch: z.string().min(1),
  head_repository: z.object({ id: number, owner: z.object({ login: z.string().min(1) }) }),
});
const payload = z.object({
  pull_request: z.object({ number }).optional(),
  issue: z.object({ number, pull_request: z.unknown().optional() }).optional(),
  workflow_run: z.unknown().optional(),
});

const MAX_EVENT_BYTES = 64 * 1024 * 1024;

/** Reads the event from the file in which GitHub's runner leaves it. */
export async function readGitHubEvent(path: string): Promise<Result<GitHubEvent, PullRequestFailure>> {
  const bytes = await readFileBounded(path, MAX_EVENT_BYTES);
  if (!bytes.ok) return fail({ reason: "event-unreadable", path, cause: bytes.failure });
  const json = readJson(bytes.value);
  if (!json.ok) return fail({ reason: "event-unreadable", path, cause: json.failure });
  const parsed = payload.safeParse(JSON.parse(json.value.bytes.toString("utf8")));
  if (!parsed.success) return fail({ reason: "event-unknown", path, expected: "the payload of an event" });
  const { pull_request, issue, workflow_run } = parsed.data;
  if (workflow_run !== undefined) return readFinishedRun(path, workflow_run);
  if (pull_request !== undefined) return ok({ kind: "pull-request", number: pull_request.number });
  const isConversation = issue?.pull_request !== undefined && issue.pull_request !== null;
  return ok(isConversation ? { kind: "pull-request", number: issue.number } : { kind: "other" });
}

function readFinishedRun(path: string, value: unknown): Result<GitHubEvent, PullRequestFailure> {
  const parsed = finishedRun.safeParse(value);
  if (!parsed.success || !["pull_request", "pull_request_target"].includes(parsed.data.event)) {
    return fail({ reason: "event-unknown", path, expected: "a workflow_run that a pull request started" });
  }
  const { head_sha, head_branch, head_repository } = parsed.data;
  return ok({
    kind: "finished-run",
    commit: head_sha,
    branch: head_branch,
    headOwner: head_repository.owner.login,
    headRepositoryId: head_repository.id,
  });
}
