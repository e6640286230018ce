import { fail, ok, readJson, type Result } from "@imagegate/core";
import { reportOf, REPORT_LIMITS, type Report } from "@imagegate/core/report";
import { problemsOf } from "../config/problems.ts";
import type { ReportFailure } from "../failure.ts";
import { findContradictions } from "./contradictions.ts";
import { reportSchema } from "./schema.ts";

/** How many problems are told; a document of another shape has as many as it has members. */
const maxProblems = 20;

/**
 * Reads the text that `formatReportJson` writes. Whatever comes from a job that ran untrusted code is trusted only
 * after this: unknown keys, texts beyond `REPORT_LIMITS` and whatever contradicts the rest are refused.
 */
export function parseReport(text: Uint8Array | string): Result<Report, ReportFailure> {
  const sizeBytes = Buffer.byteLength(text);
  if (sizeBytes > REPORT_LIMITS.bytes) {
    return fail({ reason: "report-too-large", sizeBytes, limitBytes: REPORT_LIMITS.bytes });
  }
  const tape = readJson(text);
  if (!tape.ok) return fail({ reason: "report-unreadable", cause: tape.failure });
  const parsed = reportSchema.safeParse(JSON.parse(tape.value.bytes.toString("utf8")));
  const problems = parsed.success ? findContradictions(parsed.data) : parsed.error.issues.flatMap(problemsOf);
  return parsed.success && problems.length === 0
    ? ok(reportOf(parsed.data))
    : fail({ reason: "report-invalid", problems: problems.slice(0, maxProblems) });
}
