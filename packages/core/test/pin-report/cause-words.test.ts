import { expect, test } from "vitest";
import { describePinCause } from "../../src/pin-report/cause-words.ts";
import { pinFacts } from "../../src/pin-report/words.ts";
import { pinResult } from "./sample-pin-report.ts";

test("a body that was encoded is told with its bytes as sent, and with what that means", () => {
  const facts = pinFacts(pinResult({ class: "blocked", cause: "content-encoding", got: ["sha256:ab"] }));
  expect(facts).toContainEqual(["got", expect.stringContaining("sha256:ab")]);
  expect(facts.map(([word]) => word)).toEqual(["expected", "got", "cause", "because", "pinned at"]);
  expect(describePinCause("content-encoding")).toMatch(/not those pinned, and nothing is decoded here$/);
});

test("a cause whose word says enough has no more words", () => {
  expect(describePinCause("status-404")).toBeNull();
  expect(pinFacts(pinResult({ class: "gone", cause: "status-404" })).map(([word]) => word)).not.toContain(
    "because",
  );
});

test("no cause but drift is spoken of as tampering", () => {
  for (const cause of ["content-encoding", "length-overrun", "empty-body"]) {
    expect(describePinCause(cause)).not.toMatch(/tamper/i);
  }
});
