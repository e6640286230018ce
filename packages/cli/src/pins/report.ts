import type { PinPlace, PinReport, PinReportProblem, PinResult } from "@imagegate/core/report";
import type { PinDigest, PinsFailure, PinSet, PinVerdict, Verification } from "@imagegate/pins";
import { describeFailure } from "../messages/failure.ts";
import type { FailureContext } from "../messages/failure-text.ts";

/** What a verification found, for the renderers. */
export function pinReportOf(
  set: PinSet,
  verification: Verification,
  exitCode: PinReport["exitCode"],
): PinReport {
  const { downloads, downloadedBytes, isProxied, verdicts } = verification;
  const results = verdicts.map(pinResult);
  return {
    results,
    problems: [],
    unverified: set.unverified,
    exitCode,
    downloads,
    downloadedBytes,
    isProxied,
  };
}

/** The report of pins that cannot be used: nothing was asked for. */
export function unusableReport(set: PinSet, context: Partial<FailureContext>): PinReport {
  return {
    results: [],
    problems: set.problems.map((failure) => pinProblem(failure, context)),
    unverified: set.unverified,
    exitCode: 2,
    downloads: 0,
    downloadedBytes: 0,
    isProxied: false,
  };
}

function pinResult({ pin, url, evidence, ...verdict }: PinVerdict): PinResult {
  return {
    name: pin.name,
    url,
    class: verdict.class,
    allowedClass: verdict.allowedClass,
    isAllowed: verdict.isAllowed,
    allowance: pin.allowance,
    method: verdict.method,
    cause: verdict.cause,
    expected: pin.digests.map(digestText),
    expectedSizeBytes: pin.sizeBytes,
    got: evidence.digests.map(digestText),
    sizeBytes: evidence.sizeBytes,
    contentType: evidence.contentType,
    firstText: evidence.firstText,
    status: evidence.status,
    finalUrl: evidence.finalUrl,
    isProxied: evidence.isProxied,
    trust: pin.trust,
    attempts: verdict.attempts,
    places: pin.provenance,
  };
}

function digestText({ algorithm, hex }: PinDigest): string {
  return `${algorithm}:${hex}`;
}

function pinProblem(failure: PinsFailure, context: Partial<FailureContext>): PinReportProblem {
  const { what, expected, found } = describeFailure(failure, context);
  const parts = [
    what,
    ...(expected === undefined ? [] : [`expected: ${expected}`]),
    ...(found === undefined ? [] : [`found: ${found}`]),
  ];
  return { reason: failure.reason, message: parts.join("; "), places: placesOf(failure) };
}

function placesOf(failure: PinsFailure): readonly PinPlace[] {
  if ("place" in failure) return [failure.place];
  if ("places" in failure) return failure.places;
  if ("claims" in failure) return failure.claims.map(({ place }) => place);
  return "path" in failure ? [{ path: failure.path, pointer: null, line: null }] : [];
}
