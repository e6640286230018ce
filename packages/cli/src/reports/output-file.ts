import { appendFile, realpath, stat } from "node:fs/promises";
import { fail, ok, type Result } from "@imagegate/core";
import { writeFileAtomic, type WriteFailure } from "@imagegate/host";

/**
 * Writes a report to the path that somebody asked for: a file whole or not at all, behind a link too. A device or a pipe
 * (`/dev/stdout`, `>(gzip)`) is written to: putting a file in its place would take it away from everybody.
 */
export async function writeOutput(path: string, text: string): Promise<Result<void, WriteFailure>> {
  try {
    const found = await stat(path);
    if (found.isFile()) return await writeFileAtomic(await realpath(path), text);
    await appendFile(path, text);
    return ok(undefined);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "UNKNOWN";
    return code === "ENOENT"
      ? await writeFileAtomic(path, text)
      : fail({ reason: "write-failed", path, code, cause: error });
  }
}
