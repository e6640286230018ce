import { resolve } from "node:path";
import type { Result } from "@imagegate/core";
import type { PinReport } from "@imagegate/core/report";
import { readFileBounded } from "@imagegate/host";
import type { DescribedFailure } from "../failure.ts";
import type { Shell } from "../shell/shell.ts";
import { readStdin } from "../shell/stdin.ts";

/** More than a verification of a hundred thousand urls says. */
const MAX_REPORT_BYTES = 256 * 1024 * 1024;

/** A report of pins from the file that it was written to as JSON, or from stdin for `-`; nothing is trusted unread. */
export async function readPinReport(
  file: string,
  { cwd, stdin, signal }: Shell,
): Promise<Result<PinReport, DescribedFailure>> {
  const bytes =
    file === "-"
      ? await readStdin(stdin, MAX_REPORT_BYTES, signal)
      : await readFileBounded(resolve(cwd, file), MAX_REPORT_BYTES);
  if (!bytes.ok) return bytes;
  const { parsePinReport } = await import("@imagegate/pins");
  return parsePinReport(bytes.value);
}

/** Whether a text looks like a report of pins, right or wrong, by its members. */
export function isPinReport(text: Uint8Array | string): boolean {
  try {
    const value: unknown = JSON.parse(Buffer.from(text).toString("utf8"));
    return typeof value === "object" && value !== null && "results" in value && "downloads" in value;
  } catch {
    return false;
  }
}
