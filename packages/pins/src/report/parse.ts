import { fail, ok, readJson, type JsonFailure, type JsonPath, type Result } from "@imagegate/core";
import type { PinReport } from "@imagegate/core/report";
import { pinReportSchema, type PinReportDocument } from "./schema.ts";

/** Why a text is no report of pins. */
export type PinReportFailure =
  | { readonly reason: "pin-report-unreadable"; readonly cause: JsonFailure }
  | {
      readonly reason: "pin-report-invalid";
      readonly problems: readonly { readonly path: JsonPath; readonly message: string }[];
    };

/** How many problems are told; a document of another shape has as many as it has members. */
const maxProblems = 20;

/** Reads what `formatPinReportJson` writes; unknown keys and verdicts that the results do not bear out are refused. */
export function parsePinReport(text: Uint8Array | string): Result<PinReport, PinReportFailure> {
  const tape = readJson(text);
  if (!tape.ok) return fail({ reason: "pin-report-unreadable", cause: tape.failure });
  const parsed = pinReportSchema.safeParse(JSON.parse(tape.value.bytes.toString("utf8")));
  if (parsed.success) return ok(reportOf(parsed.data));
  const problems = parsed.error.issues.slice(0, maxProblems).map(({ path, message }) => ({
    path: path.map((step) => (typeof step === "number" ? step : String(step))),
    message,
  }));
  return fail({ reason: "pin-report-invalid", problems });
}

function reportOf({
  exitCode,
  downloads,
  downloadedBytes,
  proxied: isProxied,
  ...document
}: PinReportDocument): PinReport {
  return {
    exitCode,
    downloads,
    downloadedBytes,
    isProxied,
    results: document.results.map(({ allowed, expectedSize, size, proxied, provenance, ...same }) => ({
      ...same,
      isAllowed: allowed,
      expectedSizeBytes: expectedSize,
      sizeBytes: size,
      isProxied: proxied,
      places: provenance,
    })),
    problems: document.problems.map(({ provenance, ...same }) => ({ ...same, places: provenance })),
    unverified: document.unverified.map(({ provenance, ...same }) => ({ ...same, place: provenance })),
  };
}
