import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { RunSummary } from "@imagegate/engine";
import { formatJson } from "../shell/json.ts";
import type { Shell } from "../shell/shell.ts";

/** Writes the figures of a run, if they were asked for; false, and a message, when that failed. */
export async function writeTimings(
  file: string | undefined,
  reports: readonly { readonly family: string; readonly summary: RunSummary }[],
  shell: Shell,
): Promise<boolean> {
  if (file === undefined) return true;
  const path = resolve(shell.cwd, file);
  const families = reports.map(({ family, summary }) => ({ family, ...summary }));
  try {
    await writeFile(path, `${formatJson({ families })}\n`);
    return true;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "UNKNOWN";
    await shell.fail({ reason: "write-failed", path, code, cause });
    return false;
  }
}
