import { statSync, type BigIntStats } from "node:fs";

/** What the system says of a file; whoever writes to it, replaces it or sets its times moves some of it. */
export type FileState = Pick<BigIntStats, "size" | "mtimeNs" | "ctimeNs" | "ino">;

/** What the system says now; undefined for what cannot be looked at: its reader says why. */
export function lookAt(path: string): FileState | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Whether nothing moved from one look to another. */
export function isSameState(left: FileState, right: FileState): boolean {
  return (
    left.size === right.size &&
    left.ino === right.ino &&
    left.mtimeNs === right.mtimeNs &&
    left.ctimeNs === right.ctimeNs
  );
}

/** Whether a file system's stamps tell one moment from the next: those of some are whole seconds, or nothing at all. */
export function hasFineStamps({ ctimeNs }: FileState): boolean {
  return ctimeNs % 1_000_000_000n !== 0n;
}
