import { fail, ok, type Result } from "@imagegate/core";
import type { CommentFailure } from "../failure.ts";
import type { Comment, CommentThread } from "./comment.ts";

/** A comment that is found again: its key tells it from others of the same account. */
export interface StickyComment {
  /** Letters, digits, `.`, `_` and single `-` between them; at most 64 characters. */
  readonly key: string;
  /** Markdown. */
  readonly body: string;
}

const KEY = /^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/;
const MAX_KEY_CHARACTERS = 64;

/** The text of a comment, its marker first; everything that a forge would refuse is found here. */
export function composeComment(
  { key, body }: StickyComment,
  { maxCharacters, showsToken }: Pick<CommentThread, "maxCharacters" | "showsToken">,
): Result<string, CommentFailure> {
  if (!KEY.test(key) || key.length > MAX_KEY_CHARACTERS) return fail({ reason: "comment-key-invalid", key });
  if (body.trim() === "") return fail({ reason: "comment-empty" });
  if (showsToken(body)) return fail({ reason: "comment-holds-token" });
  const text = `${markerOf(key)}\n${normalizeBody(body)}`;
  if (text.length <= maxCharacters) return ok(text);
  return fail({ reason: "comment-too-large", characters: text.length, limit: maxCharacters });
}

/** Whether a comment's first line is the marker: one that is only quoted further down does not count. */
export function carriesMarker({ body }: Pick<Comment, "body">, key: string): boolean {
  const [first] = normalizeBody(body).split("\n", 1);
  return first === markerOf(key);
}

/** Whether two bodies are the same to their readers: forges may change line ends and trim. */
export function isSameBody(a: string, b: string): boolean {
  return normalizeBody(a) === normalizeBody(b);
}

/** A body whose first line no longer is the marker of its key, nor of any other. */
export function retireMarker(body: string, key: string): string {
  const [, ...rest] = normalizeBody(body).split("\n");
  return [`<!-- imagegate: ${key} closed -->`, ...rest].join("\n");
}

function markerOf(key: string): string {
  return `<!-- imagegate: ${key} -->`;
}

function normalizeBody(body: string): string {
  return body.replaceAll("\r\n", "\n").trimEnd();
}
