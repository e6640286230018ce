import { ok, type Result } from "@imagegate/core";
import type { ForgeFailure } from "../failure.ts";
import { openGitHub } from "../github/client.ts";
import { githubThread } from "../github/comments.ts";
import { findPullRequest } from "../github/pull-request.ts";
import { gitlabThread } from "../gitlab/notes.ts";
import { readGitLabSettings, readMergeRequest } from "../gitlab/settings.ts";
import { openApi, type ForgeOptions } from "../http/open.ts";
import type { CommentThread } from "./comment.ts";

/** The comments of the pull request with this number, or of the one that the run in the environment belongs to. */
export async function openGitHubThread(
  options: ForgeOptions,
  number?: number,
): Promise<Result<CommentThread, ForgeFailure>> {
  const github = openGitHub(options);
  if (!github.ok) return github;
  const found = await findPullRequest(github.value, number);
  return found.ok ? ok(githubThread(github.value, found.value)) : found;
}

/** The notes of the merge request with this number, or of the one that the pipeline in the environment belongs to. */
export async function openGitLabThread(
  options: ForgeOptions,
  number?: number,
): Promise<Result<CommentThread, ForgeFailure>> {
  const settings = readGitLabSettings(options.env);
  if (!settings.ok) return settings;
  const found = readMergeRequest(options.env, number);
  if (!found.ok) return found;
  const { token, apiUrl } = settings.value;
  const api = openApi({ forge: "gitlab", baseUrl: apiUrl, token }, options);
  return api.ok ? gitlabThread({ api: api.value, settings: settings.value }, found.value) : api;
}
