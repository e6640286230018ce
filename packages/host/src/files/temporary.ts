import { randomBytes } from "node:crypto";
import { dirname, join } from "node:path";

const TEMPORARY_NAME = /^\.imagegate-[0-9a-f]{24}\.tmp$/;

// One draw for each thread: a store writes thousands of files, and drawing for each was a fifth of what that costs.
const owner = randomBytes(8).toString("hex");
let count = 0;

/** A new, unique path for a temporary file in the folder of `path`, so that a rename never crosses file systems. */
export function temporaryPath(path: string): string {
  const serial = (count++ % 2 ** 32).toString(16).padStart(8, "0");
  return join(dirname(path), `.imagegate-${owner}${serial}.tmp`);
}

/** Whether a file name is one that `temporaryPath` gives: what an interrupted write leaves behind. */
export function isTemporaryName(name: string): boolean {
  return TEMPORARY_NAME.test(name);
}
