import { ok, type Result } from "@imagegate/core";
import * as z from "zod";
import type { ApiFailure } from "../failure.ts";
import { callApi } from "../http/api.ts";
import { githubRequest, type GitHub } from "./client.ts";

const answer = z.object({ data: z.object({ viewer: z.object({ login: z.string().min(1) }) }) });

/**
 * The login of the account that the token speaks for, `github-actions[bot]` for a workflow's own token.
 * `GET /user` is closed to tokens of apps, GraphQL's `viewer` is not.
 */
export async function findViewer({ api, settings, endpoint }: GitHub): Promise<Result<string, ApiFailure>> {
  const described = endpoint({
    method: "POST",
    url: settings.graphqlUrl,
    query: "query { viewer { login } }",
  });
  const found = await callApi(api, githubRequest("read", described), answer);
  return found.ok ? ok(found.value.data.viewer.login) : found;
}
