import { fail, ok, type Result } from "@imagegate/core";
import type { PullRequestFailure, SettingFailure } from "../failure.ts";
import { parseBaseUrl } from "../http/base-url.ts";
import { parseToken, readSetting, type Environment } from "../settings.ts";

/** What GitLab's runner, or whoever stands in for it, says in the environment. */
export interface GitLabSettings {
  readonly token: string;
  readonly apiUrl: string;
  /** The number of the project that the merge request goes to. */
  readonly project: string;
}

const PUBLIC_API = "https://gitlab.com/api/v4";
const NUMBER = /^[1-9][0-9]{0,14}$/;

/**
 * Reads `GITLAB_TOKEN`, `CI_API_V4_URL`, and `CI_MERGE_REQUEST_PROJECT_ID` or `CI_PROJECT_ID`. A job's own token
 * (`CI_JOB_TOKEN`) may not write notes, so that it is named and not tried.
 */
export function readGitLabSettings(env: Environment): Result<GitLabSettings, SettingFailure> {
  const variable = "GITLAB_TOKEN";
  const given = env[variable] ?? "";
  if (given === "") return fail(describeMissing(env, variable));
  const token = parseToken(variable, given);
  if (!token.ok) return token;
  const apiUrl = parseBaseUrl("CI_API_V4_URL", env["CI_API_V4_URL"] || PUBLIC_API);
  if (!apiUrl.ok) return apiUrl;
  // In a pipeline of a fork the two differ, and the merge request belongs to the former.
  const name = env["CI_MERGE_REQUEST_PROJECT_ID"] ? "CI_MERGE_REQUEST_PROJECT_ID" : "CI_PROJECT_ID";
  const project = readSetting(env, { variable: name, expected: "the number of a project", pattern: NUMBER });
  return project.ok ? ok({ token: token.value, apiUrl: apiUrl.value, project: project.value }) : project;
}

/** The number of the merge request: the given one, else that of the pipeline. */
export function readMergeRequest(
  env: Environment,
  given: number | undefined,
): Result<number, SettingFailure | PullRequestFailure> {
  if (given !== undefined) return ok(given);
  const variable = "CI_MERGE_REQUEST_IID";
  if (!env[variable]) return fail({ reason: "pull-request-unknown", forge: "gitlab", variable });
  const iid = readSetting(env, { variable, expected: "the number of a merge request", pattern: NUMBER });
  return iid.ok ? ok(Number(iid.value)) : iid;
}

function describeMissing(env: Environment, variable: string): SettingFailure {
  const found = "CI_JOB_TOKEN";
  return env[found]
    ? { reason: "token-unsuitable", found, variable }
    : { reason: "token-missing", forge: "gitlab", variable };
}
