import { quietJson } from "../report/display.ts";
import type { PinReport, PinResult } from "./pin-report.ts";
import { countClasses } from "./words.ts";

/** The version of the document's shape; another one is another shape. */
export const PIN_REPORT_VERSION = 1;

/** A report as the members of its JSON document, in the order in which they are written. */
export function pinReportDocument(report: PinReport): object {
  const { results, problems, unverified, exitCode, downloads, downloadedBytes, isProxied } = report;
  return {
    version: PIN_REPORT_VERSION,
    exitCode,
    counts: Object.fromEntries(countClasses(results)),
    downloads,
    downloadedBytes,
    proxied: isProxied,
    results: results.map(resultDocument),
    problems: problems.map(({ reason, message, places }) => ({ reason, message, provenance: places })),
    unverified: unverified.map(({ what, count, place }) => ({ what, count, provenance: place })),
  };
}

function resultDocument(result: PinResult): object {
  return {
    name: result.name,
    url: result.url,
    class: result.class,
    allowedClass: result.allowedClass,
    allowed: result.isAllowed,
    allowance: result.allowance,
    method: result.method,
    cause: result.cause,
    expected: result.expected,
    expectedSize: result.expectedSizeBytes,
    got: result.got,
    size: result.sizeBytes,
    contentType: result.contentType,
    firstText: result.firstText,
    status: result.status,
    finalUrl: result.finalUrl,
    proxied: result.isProxied,
    trust: result.trust,
    attempts: result.attempts,
    provenance: result.places,
  };
}

/** A report as a JSON text that ends in a newline; invisible characters stand as `\uXXXX`. */
export function formatPinReportJson(report: PinReport): string {
  return `${quietJson(pinReportDocument(report))}\n`;
}
