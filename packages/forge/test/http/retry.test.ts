import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeOutcome, mayRepeat } from "../../src/http/retry.ts";
import type { HttpOutcome } from "../../src/http/transport.ts";

function answered(status: number, headers: Readonly<Record<string, string>> = {}): HttpOutcome {
  return { kind: "answered", answer: { status, headers, text: "" } };
}

describe("an outcome", () => {
  it("is final when the service refused, whatever the status", () => {
    const statuses = fc
      .integer({ min: 200, max: 599 })
      .filter((each) => ![408, 429, 500, 502, 503, 504].includes(each));
    fc.assert(
      fc.property(statuses, (status) => {
        expect(judgeOutcome(answered(status), 0)).toEqual({ kind: "final" });
      }),
    );
  });

  it.each([
    "CERT_HAS_EXPIRED",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "ENOTFOUND",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "UNKNOWN",
  ])("is final when the cause is %s, which does not pass by itself", (code) => {
    expect(judgeOutcome({ kind: "failed", code }, 0)).toEqual({ kind: "final" });
  });

  it.each([
    [{ kind: "failed", code: "ECONNREFUSED" }, true],
    [{ kind: "failed", code: "UND_ERR_CONNECT_TIMEOUT" }, true],
    [{ kind: "failed", code: "ECONNRESET" }, false],
    [{ kind: "failed", code: "UND_ERR_SOCKET" }, false],
    [{ kind: "timed-out", timeoutMs: 1 }, false],
    [answered(502), false],
    [answered(429), true],
    [answered(403, { "retry-after": "1" }), true],
  ] as const)("%j lets a request that adds something be sent again: %s", (outcome, expected) => {
    const verdict = judgeOutcome(outcome, 0);
    expect(mayRepeat(outcome, verdict, "add")).toBe(expected);
    expect(mayRepeat(outcome, verdict, "settle")).toBe(true);
    expect(mayRepeat(outcome, verdict, "read")).toBe(true);
  });

  it.each(["soon", "-1", "1.5", "99999999999"])("asks for no wait with %j", (value) => {
    expect(judgeOutcome(answered(503, { "retry-after": value }), 0)).toMatchObject({ kind: "transient" });
    expect(judgeOutcome(answered(429, { "retry-after": "" }), 0)).toMatchObject({ waitMs: null });
  });
});
