import type { PinClass, PinReport, PinResult } from "../../src/pin-report/pin-report.ts";

const HEX = { old: "ab".repeat(32), new: "cd".repeat(32) };

/** A result of a class, as a verification gives it. */
export function resultOf(name: PinClass, more: Partial<PinResult> = {}): PinResult {
  return {
    name: `${name}.tar.gz`,
    url: `https://downloads.example.org/${name}.tar.gz`,
    class: name,
    allowedClass: name === "expired-allowance" ? "gone" : null,
    isAllowed: false,
    allowance: null,
    method: name === "ok" || name === "drift" ? "hashed" : "none",
    cause: name === "ok" ? null : "a-cause",
    expected: [`sha256:${HEX.old}`],
    expectedSizeBytes: null,
    got: name === "drift" ? [`sha256:${HEX.new}`] : [],
    sizeBytes: name === "drift" ? 7 : null,
    contentType: null,
    firstText: name === "drift" ? "changed" : null,
    status: null,
    finalUrl: null,
    isProxied: false,
    trust: "tls",
    attempts: 1,
    places: [{ path: "smoke.pins.json", pointer: "/pins/0", line: 3 }],
    ...more,
  };
}

/** A report with these results. */
export function reportOfPins(exitCode: PinReport["exitCode"], ...results: readonly PinResult[]): PinReport {
  return {
    results,
    problems: [],
    unverified: [],
    exitCode,
    downloads: results.length,
    downloadedBytes: 7,
    isProxied: false,
  };
}
