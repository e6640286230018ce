import { ok, type Result } from "@imagegate/core";
import * as z from "zod";
import type { Comment, CommentThread } from "../comments/comment.ts";
import type { ApiFailure } from "../failure.ts";
import { callAllPages, callApi, pause, type Api, type ApiRequest } from "../http/api.ts";
import type { Effect } from "../http/retry.ts";
import type { GitLabSettings } from "./settings.ts";

/** What GitLab takes as the body of a note. */
const MAX_CHARACTERS = 1_000_000;
const PAGE_ITEMS = 100;

const person = z.object({ id: z.int().positive() });
const mergeRequest = z.object({ web_url: z.string() });
const note = z.object({
  id: z.int().positive(),
  body: z.string(),
  /** Written by GitLab itself, about something that happened. */
  system: z.boolean(),
  author: person,
});

/** The notes of a merge request. */
export interface GitLab {
  readonly api: Api;
  readonly settings: GitLabSettings;
}

/** Opens the notes of a merge request, once it is known to be there: notes do not say where people read them. */
export async function gitlabThread(
  { api, settings }: GitLab,
  number: number,
): Promise<Result<CommentThread, ApiFailure>> {
  const request = requestsOf(settings);
  const path = `/projects/${settings.project}/merge_requests/${number}`;
  const found = await callApi(api, request("read", ["GET", path]), mergeRequest);
  if (!found.ok) return found;
  const toComment = ({ id, body, author }: z.infer<typeof note>): Comment => ({
    id,
    body,
    author: String(author.id),
    url: `${found.value.web_url}#note_${id}`,
  });
  const own = note.transform(toComment);
  const listed = z.array(note).transform((all) => all.filter(({ system }) => !system).map(toComment));
  return ok({
    maxCharacters: MAX_CHARACTERS,
    showsToken: (text) => api.redact(text) !== text,
    author: async () => {
      const me = await callApi(api, request("read", ["GET", "/user"]), person);
      return me.ok ? ok(String(me.value.id)) : me;
    },
    list: () => callAllPages(api, request("read", ["GET", `${path}/notes?per_page=${PAGE_ITEMS}`]), listed),
    add: (body) => callApi(api, request("add", ["POST", `${path}/notes`, { body }]), own),
    replace: (id, body) => callApi(api, request("settle", ["PUT", `${path}/notes/${id}`, { body }]), own),
    remove: (id) => callApi(api, request("settle", ["DELETE", `${path}/notes/${id}`]), z.unknown()),
    pause: (rounds) => pause(api, rounds),
  });
}

type Described = readonly [method: string, path: string, body?: Readonly<Record<string, unknown>>];

function requestsOf({ token, apiUrl }: GitLabSettings): (effect: Effect, described: Described) => ApiRequest {
  const headers = { accept: "application/json", "private-token": token, "user-agent": "imagegate" };
  return (effect, [method, path, body]) => {
    const request = { method, url: `${apiUrl}${path}`, headers, effect };
    if (body === undefined) return request;
    const typed = { ...headers, "content-type": "application/json; charset=utf-8" };
    return { ...request, headers: typed, body: JSON.stringify(body) };
  };
}
