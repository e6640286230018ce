import { expect, test } from "vitest";
import { formatHolder, parseHolder, type LockHolder } from "../../src/files/lock-holder.ts";

const holder: LockHolder = {
  pid: 42,
  host: "builder",
  machine: null,
  namespace: "pid:[4026531836]",
  boot: null,
  start: "77",
  token: "0123456789abcdef0123456789abcdef",
  since: "2026-01-02T03:04:05.678Z",
};

test("what is written is what is read", () => {
  expect(parseHolder(Buffer.from(formatHolder(holder)))).toEqual(holder);
});

test.each([
  ["pid", 0],
  ["pid", -42],
  ["pid", "42"],
  ["token", "../../x"],
  ["host", null],
  ["start", 77],
  ["format", "imagegate-lock 2"],
])("%s as %j names no holder", (field, value) => {
  const written = JSON.parse(formatHolder(holder)) as object;
  expect(parseHolder(Buffer.from(JSON.stringify({ ...written, [field]: value })))).toBeUndefined();
});
