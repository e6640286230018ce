import type { Result } from "@imagegate/core";
import type { ApiFailure } from "../failure.ts";

/** A comment of a pull request (GitHub) or a note of a merge request (GitLab). */
export interface Comment {
  readonly id: number;
  /** Who wrote it: a login on GitHub, a user's number on GitLab. */
  readonly author: string;
  readonly body: string;
  /** Where people read it. */
  readonly url: string;
}

/** The comments of one pull request, and the account that a token speaks for. */
export interface CommentThread {
  /** What a body may hold, in UTF-16 code units. */
  readonly maxCharacters: number;
  /** Whether a text shows the token. */
  readonly showsToken: (text: string) => boolean;
  author(): Promise<Result<string, ApiFailure>>;
  /** All of them, in no certain order. */
  list(): Promise<Result<readonly Comment[], ApiFailure>>;
  add(body: string): Promise<Result<Comment, ApiFailure>>;
  replace(id: number, body: string): Promise<Result<Comment, ApiFailure>>;
  remove(id: number): Promise<Result<unknown, ApiFailure>>;
  /** Waits before another round, longer after each. */
  pause(rounds: number): Promise<void>;
}
