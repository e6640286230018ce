import * as z from "zod";
import type { Comment, CommentThread } from "../comments/comment.ts";
import { callAllPages, callApi, pause } from "../http/api.ts";
import { githubRequest, type GitHub } from "./client.ts";
import { findViewer } from "./identity.ts";

/** What GitHub takes as the body of a comment. */
const MAX_CHARACTERS = 65_536;
const PAGE_ITEMS = 100;

const comment = z
  .object({
    id: z.int().positive(),
    html_url: z.string(),
    body: z.string().nullish(),
    // Null for an account that is gone.
    user: z.object({ login: z.string() }).nullable(),
  })
  .transform(({ id, html_url, body, user }): Comment => ({
    id,
    author: user?.login ?? "",
    body: body ?? "",
    url: html_url,
  }));

/** The conversation of a pull request, which GitHub keeps as comments of an issue with the same number. */
export function githubThread(github: GitHub, number: number): CommentThread {
  const { api, repository, endpoint } = github;
  return {
    maxCharacters: MAX_CHARACTERS,
    showsToken: (text) => api.redact(text) !== text,
    author: () => findViewer(github),
    list: () => {
      const parameters = { ...repository, issue_number: number, per_page: PAGE_ITEMS };
      const described = endpoint("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", parameters);
      return callAllPages(api, githubRequest("read", described), z.array(comment));
    },
    add: (body) => {
      const parameters = { ...repository, issue_number: number, body };
      const described = endpoint("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", parameters);
      return callApi(api, githubRequest("add", described), comment);
    },
    replace: (id, body) => {
      const parameters = { ...repository, comment_id: id, body };
      const described = endpoint("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", parameters);
      return callApi(api, githubRequest("settle", described), comment);
    },
    remove: (id) => {
      const parameters = { ...repository, comment_id: id };
      const described = endpoint("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", parameters);
      return callApi(api, githubRequest("settle", described), z.unknown());
    },
    pause: (rounds) => pause(api, rounds),
  };
}
