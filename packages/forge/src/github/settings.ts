import { fail, ok, type Result } from "@imagegate/core";
import type { SettingFailure } from "../failure.ts";
import { parseBaseUrl } from "../http/base-url.ts";
import { parseToken, readSetting, type Environment } from "../settings.ts";

/** What GitHub's runner, or whoever stands in for it, says in the environment. */
export interface GitHubSettings {
  readonly token: string;
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly owner: string;
  readonly repo: string;
  /** The file with the event that started the run; null outside of one. */
  readonly eventPath: string | null;
}

const REPOSITORY = {
  variable: "GITHUB_REPOSITORY",
  expected: "OWNER/NAME",
  pattern: /^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/,
};

/** GitHub's own API, where the environment names no other. */
export const PUBLIC_API = "https://api.github.com";

/** Reads `GITHUB_TOKEN`, `GITHUB_REPOSITORY`, `GITHUB_API_URL`, `GITHUB_GRAPHQL_URL` and `GITHUB_EVENT_PATH`. */
export function readGitHubSettings(env: Environment): Result<GitHubSettings, SettingFailure> {
  const variable = "GITHUB_TOKEN";
  const given = env[variable] ?? "";
  if (given === "") return fail({ reason: "token-missing", forge: "github", variable });
  const token = parseToken(variable, given);
  if (!token.ok) return token;
  const repository = readSetting(env, REPOSITORY);
  if (!repository.ok) return repository;
  const apiUrl = parseBaseUrl("GITHUB_API_URL", env["GITHUB_API_URL"] || PUBLIC_API);
  if (!apiUrl.ok) return apiUrl;
  const graphqlUrl = parseBaseUrl(
    "GITHUB_GRAPHQL_URL",
    env["GITHUB_GRAPHQL_URL"] || besideRest(apiUrl.value),
  );
  if (!graphqlUrl.ok) return graphqlUrl;
  const [owner = "", repo = ""] = repository.value.split("/");
  const eventPath = env["GITHUB_EVENT_PATH"] || null;
  return ok({
    token: token.value,
    apiUrl: apiUrl.value,
    graphqlUrl: graphqlUrl.value,
    owner,
    repo,
    eventPath,
  });
}

/** GitHub Enterprise Server has REST at `/api/v3` and GraphQL at `/api/graphql`. */
function besideRest(apiUrl: string): string {
  return `${apiUrl.replace(/\/v3$/, "")}/graphql`;
}
