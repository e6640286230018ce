import { open, rename, rm } from "node:fs/promises";
import { fail, ok, type Result } from "@imagegate/core";
import { errorCode } from "./error-code.ts";
import { temporaryPath } from "./temporary.ts";

/** Why a file could not be written; the file at `path` is then what it was before. */
export interface WriteFailure {
  readonly reason: "write-failed";
  readonly path: string;
  /** The system's code: `ENOSPC`, `EACCES`, `EROFS`, `ENOENT` (the folder is missing), … */
  readonly code: string;
  readonly cause: unknown;
}

/** How `writeFileAtomic` makes the file. */
export interface WriteOptions {
  /** The exact permission bits, whatever the umask; without it the umask decides, as for any new file. */
  readonly mode?: number;
}

/**
 * Puts `bytes` at `path` so that a reader, a crash or a kill sees the old file or the new one, whole.
 * A symbolic link at `path` is replaced, not followed. No temporary file outlives a failure.
 */
export async function writeFileAtomic(
  path: string,
  bytes: Uint8Array | string,
  options: WriteOptions = {},
): Promise<Result<void, WriteFailure>> {
  const temporary = temporaryPath(path);
  try {
    await writeNewFile(temporary, bytes, options.mode);
    await rename(temporary, path);
    return ok(undefined);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    return fail({ reason: "write-failed", path, code: errorCode(error), cause: error });
  }
}

/** Creates a file that must not exist yet and brings its bytes to the disk; throws the system's error. */
export async function writeNewFile(path: string, bytes: Uint8Array | string, mode?: number): Promise<void> {
  const file = await open(path, "wx", mode ?? 0o666);
  try {
    if (mode !== undefined) await file.chmod(mode);
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
