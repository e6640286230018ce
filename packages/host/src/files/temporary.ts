import { randomBytes } from "node:crypto";
import { dirname, join } from "node:path";

const TEMPORARY_NAME = /^\.imagegate-[0-9a-f]{24}\.tmp$/;

/** A new, unique path for a temporary file in the folder of `path`, so that a rename never crosses file systems. */
export function temporaryPath(path: string): string {
  return join(dirname(path), `.imagegate-${randomBytes(12).toString("hex")}.tmp`);
}

/** Whether a file name is one that `temporaryPath` gives: what an interrupted write leaves behind. */
export function isTemporaryName(name: string): boolean {
  return TEMPORARY_NAME.test(name);
}
