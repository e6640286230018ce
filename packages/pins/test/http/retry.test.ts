import { expect, test } from "vitest";
import { inviteRetry } from "../../src/http/retry.ts";

const NOW = Date.UTC(2026, 0, 1);

test.each([408, 429, 500, 502, 503, 504, 599])("%i invites another try", (status) => {
  expect(inviteRetry({ status, headers: {} }, NOW)).toEqual({ waitMs: null });
});

test.each([200, 206, 304, 400, 401, 403, 404, 410, 416, 451])("%i does not", (status) => {
  expect(inviteRetry({ status, headers: {} }, NOW)).toBeNull();
});

test.each([
  ["seconds", "7", 7_000],
  ["a date", "Thu, 01 Jan 2026 00:00:09 GMT", 9_000],
  ["a date that has passed", "Wed, 31 Dec 2025 00:00:00 GMT", 0],
  ["something else", "soon", null],
])("after %s", (_, value, waitMs) => {
  expect(inviteRetry({ status: 503, headers: { "retry-after": value } }, NOW)).toEqual({ waitMs });
});

test("a 403 that says when to come back is a limit", () => {
  expect(inviteRetry({ status: 403, headers: { "retry-after": "60" } }, NOW)).toEqual({ waitMs: 60_000 });
});
