import fc from "fast-check";
import { PIN_CLASSES } from "../../src/pin-report/class-words.ts";
import type { PinPlace, PinReport, PinResult } from "../../src/pin-report/pin-report.ts";

const SHA256 = `sha256:${"a".repeat(64)}`;

/** What is found where all is well, unless something is laid over it. */
export function pinResult(over: Partial<PinResult> = {}): PinResult {
  return {
    name: "disk.img",
    url: "https://example.org/disk.img",
    class: "ok",
    allowedClass: null,
    isAllowed: false,
    allowance: null,
    method: "hashed",
    cause: null,
    expected: [SHA256],
    expectedSizeBytes: null,
    got: [SHA256],
    sizeBytes: 5,
    contentType: "application/octet-stream",
    firstText: null,
    status: 200,
    finalUrl: null,
    isProxied: false,
    trust: "tls",
    attempts: 1,
    places: [{ path: "a.pins.json", pointer: "/pins/0", line: 3 }],
    ...over,
  };
}

/** A report of results, unless something is laid over it. */
export function pinReport(results: readonly PinResult[], over: Partial<PinReport> = {}): PinReport {
  return {
    results,
    problems: [],
    unverified: [],
    exitCode: 0,
    downloads: results.length,
    downloadedBytes: 5,
    isProxied: false,
    ...over,
  };
}

/** A report with one of everything. */
export function samplePinReport(): PinReport {
  const allowance = { reason: "moves next week", expires: "2027-01-31" };
  const nothing = { got: [], sizeBytes: null, contentType: null, method: "none" };
  return pinReport(
    [
      pinResult(),
      pinResult({
        name: "drifted",
        class: "drift",
        cause: "digest",
        got: [`sha256:${"b".repeat(64)}`],
        firstText: "hello",
        finalUrl: "https://cdn.example.org/x",
        expectedSizeBytes: 5,
        places: [
          { path: "a b.json", pointer: "/x", line: 7 },
          { path: "c.toml", pointer: "", line: null },
          { path: "d.py", pointer: null, line: 1 },
        ],
      }),
      pinResult({
        ...nothing,
        name: "gone",
        class: "gone",
        cause: "status-404",
        status: 404,
        isAllowed: true,
        allowance,
      }),
      pinResult({
        ...nothing,
        name: "late",
        class: "expired-allowance",
        allowedClass: "denied",
        cause: "status-403",
        allowance,
      }),
      pinResult({
        ...nothing,
        name: "far",
        isProxied: true,
        class: "unreachable",
        cause: "ENOTFOUND",
        status: null,
        attempts: 4,
      }),
      pinResult({ name: "healed", allowance, method: "attested" }),
    ],
    {
      exitCode: 1,
      isProxied: true,
      unverified: [
        { what: "org.osbuild.ostree", count: 2, place: { path: "m.json", pointer: "/sources", line: 9 } },
        { what: "org.osbuild.ostree", count: 3, place: { path: "n.json", pointer: "/sources", line: 9 } },
      ],
    },
  );
}

function orNull<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.option(arbitrary, { nil: null });
}

function few<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(arbitrary, { maxLength: 3 });
}

/** Reports of every shape whose raw texts come from an arbitrary. */
export function pinReportOfTexts(text: fc.Arbitrary<string>): fc.Arbitrary<PinReport> {
  const place: fc.Arbitrary<PinPlace> = fc.record({
    path: text,
    pointer: orNull(text),
    line: orNull(fc.nat().map((line) => line + 1)),
  });
  const result: fc.Arbitrary<PinResult> = fc.record({
    name: text,
    url: text,
    class: fc.constantFrom(...PIN_CLASSES),
    allowedClass: orNull(fc.constantFrom(...PIN_CLASSES)),
    isAllowed: fc.boolean(),
    allowance: orNull(fc.record({ reason: text, expires: text })),
    method: fc.constantFrom("hashed", "attested", "remembered", "inline", "none"),
    cause: orNull(text),
    expected: few(text),
    expectedSizeBytes: orNull(fc.nat()),
    got: few(text),
    sizeBytes: orNull(fc.nat()),
    contentType: orNull(text),
    firstText: orNull(text),
    status: orNull(fc.nat({ max: 999 })),
    finalUrl: orNull(text),
    isProxied: fc.boolean(),
    trust: fc.constantFrom("tls", "sums", "signed"),
    attempts: fc.nat(),
    places: fc.array(place, { minLength: 1, maxLength: 3 }),
  });
  return fc.record({
    results: few(result),
    problems: few(fc.record({ reason: text, message: text, places: few(place) })),
    unverified: few(fc.record({ what: text, count: fc.nat(), place })),
    exitCode: fc.constantFrom(0 as const, 1 as const, 2 as const),
    downloads: fc.nat(),
    downloadedBytes: fc.nat(),
    isProxied: fc.boolean(),
  });
}
