import { fail, ok, type Result } from "@imagegate/core";
import type { ApiFailure } from "../../src/failure.ts";
import type { CommentThread } from "../../src/comments/comment.ts";
import type { Issue, IssueTracker } from "../../src/issues/issue.ts";

/** What goes wrong with a write: nothing, all of it before or after it was done, or a refusal. */
export type WriteFault = "none" | "lost" | "done-and-lost" | "refused";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The issues of a repository in memory, with faults of the next writes. */
export interface FakeTracker extends IssueTracker {
  readonly issues: Mutable<Issue>[];
  readonly told: { readonly issue: number; id: number; body: string }[];
  readonly faults: WriteFault[];
  writes: number;
}

export const VIEWER = "github-actions[bot]";

const asked = { forge: "github", request: "POST https://api.test/" } as const;
const UNAVAILABLE: ApiFailure = { reason: "api-unavailable", ...asked, attempts: 1, found: "status 502" };
const REFUSED: ApiFailure = { reason: "api-forbidden", ...asked, message: "no" };
const GONE: ApiFailure = { reason: "api-not-found", ...asked, message: "gone" };

export function fakeTracker(): FakeTracker {
  let last = 0;
  const write = <T>(work: () => Result<T, ApiFailure>): Result<T, ApiFailure> => {
    tracker.writes += 1;
    const fault = tracker.faults.shift() ?? "none";
    if (fault === "refused") return fail(REFUSED);
    if (fault === "lost") return fail(UNAVAILABLE);
    const done = work();
    return fault === "none" ? done : fail(UNAVAILABLE);
  };
  const thread = (issue: number): CommentThread => ({
    maxCharacters: 65_536,
    showsToken: () => false,
    author: async () => ok(VIEWER),
    list: async () =>
      ok(
        tracker.told
          .filter((each) => each.issue === issue)
          .map(({ id, body }) => ({ id, body, author: VIEWER, url: "" })),
      ),
    add: async (body) =>
      write(() => {
        const id = (last += 1);
        tracker.told.push({ issue, id, body });
        return ok({ id, body, author: VIEWER, url: "" });
      }),
    replace: async (id, body) =>
      write(() => {
        const found = tracker.told.find((each) => each.id === id);
        if (found === undefined) return fail(GONE);
        found.body = body;
        return ok({ id, body, author: VIEWER, url: "" });
      }),
    remove: async () => fail(REFUSED),
    pause: async () => undefined,
  });
  const tracker: FakeTracker = {
    issues: [],
    told: [],
    faults: [],
    writes: 0,
    maxCharacters: 65_536,
    showsToken: () => false,
    author: async () => ok(VIEWER),
    // As a service that ignores whose issues were asked for.
    list: async () => ok(tracker.issues.map((issue) => ({ ...issue }))),
    open: async (_title, body) =>
      write(() => {
        const number = (last += 1);
        tracker.issues.push({ number, author: VIEWER, body, isOpen: true, url: `#${number}` });
        return ok({ ...(tracker.issues.at(-1) as Issue) });
      }),
    change: async (number, { body, state }) =>
      write(() => {
        const found = tracker.issues.find((issue) => issue.number === number);
        if (found === undefined) return fail(GONE);
        if (body !== undefined) found.body = body;
        if (state !== undefined) found.isOpen = state === "open";
        return ok({ ...found });
      }),
    comments: thread,
    pause: async () => undefined,
  };
  return tracker;
}
