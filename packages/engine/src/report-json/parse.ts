import { fail, ok, readJson, type Result } from "@imagegate/core";
import { reportOf, REPORT_LIMITS, type Report } from "@imagegate/core/report";
import { problemsOf } from "../config/problems.ts";
import type { ReportFailure } from "../failure.ts";
import { reportSchema } from "./schema.ts";

/** How many problems are told; a document of another shape has as many as it has members. */
const maxProblems = 20;

/**
 * Reads the text that `formatReportJson` writes. Whatever comes from a job that ran untrusted code is trusted only
 * after this: unknown keys, texts beyond `REPORT_LIMITS` and ids of no cause are refused.
 */
export function parseReport(text: Uint8Array | string): Result<Report, ReportFailure> {
  const sizeBytes = Buffer.byteLength(text);
  if (sizeBytes > REPORT_LIMITS.bytes) {
    return fail({ reason: "report-too-large", sizeBytes, limitBytes: REPORT_LIMITS.bytes });
  }
  const tape = readJson(text);
  if (!tape.ok) return fail({ reason: "report-unreadable", cause: tape.failure });
  const parsed = reportSchema.safeParse(JSON.parse(tape.value.bytes.toString("utf8")));
  if (parsed.success) return ok(reportOf(parsed.data));
  const problems = parsed.error.issues.flatMap(problemsOf).slice(0, maxProblems);
  return fail({ reason: "report-invalid", problems });
}
