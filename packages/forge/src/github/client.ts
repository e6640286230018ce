import { ok, type Result } from "@imagegate/core";
import { endpoint } from "@octokit/endpoint";
import type { SettingFailure } from "../failure.ts";
import type { Api, ApiRequest } from "../http/api.ts";
import { openApi, type ForgeOptions } from "../http/open.ts";
import type { Effect } from "../http/retry.ts";
import { readGitHubSettings, type GitHubSettings } from "./settings.ts";

/** One repository on GitHub, as one token sees it. */
export interface GitHub {
  readonly api: Api;
  readonly settings: GitHubSettings;
  readonly repository: { readonly owner: string; readonly repo: string };
  /** Octokit's routes, with the types of their parameters, as requests of this token. */
  readonly endpoint: typeof endpoint;
}

/** What every request to GitHub says of us. */
export const API_HEADERS = { "user-agent": "imagegate", "x-github-api-version": "2022-11-28" };

/** Opens the repository that the environment names; nothing is sent yet. */
export function openGitHub(options: ForgeOptions): Result<GitHub, SettingFailure> {
  const read = readGitHubSettings(options.env);
  if (!read.ok) return read;
  const { token, apiUrl, owner, repo } = read.value;
  const api = openApi({ forge: "github", baseUrl: apiUrl, token }, options);
  if (!api.ok) return api;
  const headers = { ...API_HEADERS, authorization: `Bearer ${token}` };
  return ok({
    api: api.value,
    settings: read.value,
    repository: { owner, repo },
    endpoint: endpoint.defaults({ baseUrl: apiUrl, headers }),
  });
}

/** What Octokit makes of a route and its parameters. */
interface DescribedEndpoint {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
}

/** An endpoint of Octokit as a request, and what it does to the repository. */
export function githubRequest(effect: Effect, described: DescribedEndpoint): ApiRequest {
  const { method, url, headers, body } = described;
  const texts = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  const request = { method, url, headers: Object.fromEntries(texts), effect };
  return body === undefined ? request : { ...request, body: JSON.stringify(body) };
}
