import { resolve } from "node:path";
import { fail, type Result } from "@imagegate/core";
import { REPORT_LIMITS, type Report } from "@imagegate/core/report";
import { parseReport } from "@imagegate/engine/explain";
import { readFileBounded } from "@imagegate/host";
import type { DescribedFailure } from "../failure.ts";
import type { Shell } from "../shell/shell.ts";
import { readStdin } from "../shell/stdin.ts";

/** A report from the file that it was written to as JSON, or from stdin for `-`; nothing of it is trusted unread. */
export async function readReport(file: string, shell: Shell): Promise<Result<Report, DescribedFailure>> {
  const bytes = await readReportText(file, shell);
  return bytes.ok ? parseReport(bytes.value) : bytes;
}

/** The text of a report of whatever kind. */
export async function readReportText(
  file: string,
  { cwd, stdin, signal }: Shell,
): Promise<Result<Uint8Array | string, DescribedFailure>> {
  const limitBytes = REPORT_LIMITS.bytes;
  const bytes =
    file === "-"
      ? await readStdin(stdin, limitBytes, signal)
      : await readFileBounded(resolve(cwd, file), limitBytes);
  if (bytes.ok) return bytes;
  const { failure } = bytes;
  if (failure.reason !== "too-large") return fail(failure);
  return fail({ reason: "report-too-large", sizeBytes: failure.sizeBytes, limitBytes });
}
