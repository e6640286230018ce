import type { Result } from "@imagegate/core";
import type { CommentThread } from "../comments/comment.ts";
import type { ApiFailure } from "../failure.ts";

/** An issue of a repository. */
export interface Issue {
  readonly number: number;
  /** The login of whoever opened it. */
  readonly author: string;
  readonly body: string;
  readonly isOpen: boolean;
  /** Where people read it. */
  readonly url: string;
}

/** What an issue is to become; what is left out stays as it is. */
export interface IssueChange {
  readonly body?: string;
  /** `dropped` closes an issue that was one too many. */
  readonly state?: "open" | "done" | "dropped";
}

/** The issues of one repository, and the account that a token speaks for. */
export interface IssueTracker {
  /** What a body may hold, in UTF-16 code units. */
  readonly maxCharacters: number;
  /** Whether a text shows the token. */
  readonly showsToken: (text: string) => boolean;
  author(): Promise<Result<string, ApiFailure>>;
  /** Those that this account opened, closed ones too, in no certain order. */
  list(author: string): Promise<Result<readonly Issue[], ApiFailure>>;
  open(title: string, body: string): Promise<Result<Issue, ApiFailure>>;
  change(number: number, change: IssueChange): Promise<Result<Issue, ApiFailure>>;
  comments(number: number): CommentThread;
  /** Waits before another round, longer after each. */
  pause(rounds: number): Promise<void>;
}
