import type { JsonFailure } from "@imagegate/core";
import type { ReadFailure } from "@imagegate/host";

/** The services that are spoken to. */
export type ForgeName = "github" | "gitlab";

/** What the environment lacks; variables are named, their values never when they are secret. */
export type SettingFailure =
  | { readonly reason: "token-missing"; readonly forge: ForgeName; readonly variable: string }
  /** A secret that no header can carry. */
  | { readonly reason: "token-malformed"; readonly variable: string }
  /** There is a token, but of a kind that may not write comments. */
  | { readonly reason: "token-unsuitable"; readonly found: string; readonly variable: string }
  | { readonly reason: "forge-setting-missing"; readonly variable: string; readonly expected: string }
  | {
      readonly reason: "forge-setting-invalid";
      readonly variable: string;
      readonly expected: string;
      readonly found: string;
    };

/** Why nobody can say which pull request is meant. */
export type PullRequestFailure =
  | { readonly reason: "event-unreadable"; readonly path: string; readonly cause: ReadFailure | JsonFailure }
  | { readonly reason: "event-unknown"; readonly path: string; readonly expected: string }
  | { readonly reason: "pull-request-unknown"; readonly forge: ForgeName; readonly variable: string }
  /** No open pull request has the run's commit as its head: it was closed, or it has moved on. */
  | { readonly reason: "pull-request-gone"; readonly commit: string }
  | {
      readonly reason: "pull-request-ambiguous";
      readonly commit: string;
      readonly numbers: readonly number[];
    }
  /** The number that was given is none of those that the event stands for. */
  | {
      readonly reason: "pull-request-mismatch";
      readonly given: number;
      readonly numbers: readonly number[];
    };

/** What a comment cannot be; found before anything is sent. */
export type CommentFailure =
  | { readonly reason: "comment-key-invalid"; readonly key: string }
  | { readonly reason: "comment-empty" }
  | { readonly reason: "comment-too-large"; readonly characters: number; readonly limit: number }
  | { readonly reason: "comment-holds-token" };

interface Asked {
  readonly forge: ForgeName;
  /** Method and address without its query. */
  readonly request: string;
}

/** What a service answered, or that it did not; messages are its own, without our token. */
export type ApiFailure =
  | (Asked & { readonly reason: "api-unauthorized"; readonly message: string })
  | (Asked & { readonly reason: "api-forbidden"; readonly message: string })
  | (Asked & { readonly reason: "api-not-found"; readonly message: string })
  | (Asked & { readonly reason: "api-rejected"; readonly status: number; readonly message: string })
  | (Asked & { readonly reason: "api-rate-limited"; readonly waitMs: number | null })
  /** A transient cause that outlasted all attempts; what was asked for may have happened all the same. */
  | (Asked & { readonly reason: "api-unavailable"; readonly attempts: number; readonly found: string })
  /** A cause that another attempt would meet again, such as a certificate. */
  | (Asked & { readonly reason: "api-unreachable"; readonly code: string })
  | (Asked & { readonly reason: "api-redirected"; readonly location: string })
  | (Asked & { readonly reason: "api-answer"; readonly expected: string })
  | { readonly reason: "cancelled" };

/** Everything that can go wrong between us and a forge. */
export type ForgeFailure = SettingFailure | PullRequestFailure | CommentFailure | ApiFailure;
