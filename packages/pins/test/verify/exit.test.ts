import { expect, test } from "vitest";
import { exitOf } from "../../src/verify/exit.ts";
import { NO_EVIDENCE } from "../../src/verify/evidence.ts";
import type { PinVerdict, VerdictClass } from "../../src/verify/verdict.ts";
import { pinOf } from "../fixtures/artifact.ts";

const URL = "https://example.org/artifact";

function verdict(found: VerdictClass, isAllowed = false): PinVerdict {
  return {
    pin: pinOf(URL, new Uint8Array()),
    url: URL,
    class: found,
    allowedClass: null,
    isAllowed,
    method: "none",
    cause: null,
    evidence: NO_EVIDENCE,
    attempts: 1,
    durationMs: 1,
  };
}

test.each<[string, readonly PinVerdict[], 0 | 1 | 2]>([
  ["all is well", [verdict("ok"), verdict("ok")], 0],
  ["nothing was verified", [], 2],
  ["drift", [verdict("ok"), verdict("drift")], 1],
  ["gone", [verdict("ok"), verdict("gone")], 1],
  ["another size", [verdict("size-mismatch")], 1],
  ["a page", [verdict("not-an-artifact")], 1],
  ["an allowance that ran out", [verdict("ok"), verdict("expired-allowance")], 1],
  ["denied", [verdict("ok"), verdict("denied")], 2],
  ["unreachable", [verdict("ok"), verdict("unreachable")], 2],
  ["truncated", [verdict("ok"), verdict("truncated")], 2],
  ["blocked", [verdict("ok"), verdict("blocked")], 2],
  ["something differs, and something else could not be told", [verdict("unreachable"), verdict("drift")], 1],
  ["what is allowed does not count", [verdict("ok"), verdict("gone", true)], 0],
  ["all is allowed, so nothing was verified", [verdict("gone", true)], 2],
])("%s", (_, verdicts, expected) => expect(exitOf({ verdicts })).toBe(expected));
