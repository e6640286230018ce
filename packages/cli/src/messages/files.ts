import { posix } from "node:path";
import type {
  FindFailure,
  ImportFailure,
  LockFailure,
  ReadFailure,
  StoreReadFailure,
  WriteFailure,
} from "@imagegate/host";
import { formatCommand } from "./escape.ts";
import { thenRun, type Describers } from "./failure-text.ts";
import { formatSize } from "./units.ts";

/** Files that cannot be read or written. */
export const FILE_TEXTS: Describers<ReadFailure | WriteFailure> = {
  missing: ({ path }, { rerun }) => ({
    what: `there is no file ${path}`,
    next: thenRun("correct the path", rerun),
  }),
  "not-a-file": ({ path }, { rerun }) => ({
    what: `${path} is no regular file`,
    expected: "a file, not a folder, a pipe or a device",
    next: thenRun("correct the path", rerun),
  }),
  "too-large": ({ path, sizeBytes, limitBytes }, { rerun }) => ({
    what: `${path} is too large`,
    expected: `at most ${formatSize(limitBytes)}`,
    found: `${formatSize(sizeBytes)} or more`,
    next: thenRun('make it smaller, or raise "maxManifestBytes" of its family', rerun),
  }),
  unreadable: ({ path, code }, { rerun }) => ({
    what: `${path} cannot be read`,
    found: code,
    next: thenRun(`look at ${formatCommand(["ls", "-ld", path])}`, rerun),
  }),
  "write-failed": ({ path, code }, { rerun }) => ({
    what: `${path} cannot be written`,
    found: describeWriteCode(code),
    next: thenRun(
      code === "ENOENT"
        ? formatCommand(["mkdir", "-p", posix.dirname(path)])
        : "make it writable or make room",
      rerun,
    ),
  }),
};

/** Why something could not be written, from the system's code. */
export function describeWriteCode(code: string): string {
  return WRITE_CODES.get(code) ?? code;
}

const WRITE_CODES: ReadonlyMap<string, string> = new Map([
  ["EACCES", "no permission (EACCES)"],
  ["EPERM", "no permission (EPERM)"],
  ["ENOSPC", "no space left (ENOSPC)"],
  ["EDQUOT", "the disk quota is used up (EDQUOT)"],
  ["EROFS", "a read-only file system (EROFS)"],
  ["ENOENT", "its folder does not exist (ENOENT)"],
  ["EISDIR", "it is a folder (EISDIR)"],
  ["ENOTDIR", "a part of its path is no folder (ENOTDIR)"],
]);

/** Locks that are not to be had. */
export const LOCK_TEXTS: Describers<LockFailure> = {
  "lock-held": ({ path, holder }, { rerun }) => ({
    what: `another imagegate generates this family: process ${holder.pid} on ${holder.host}, since ${holder.since}`,
    details: [`its lock is ${path}`],
    next: thenRun("wait for it", rerun),
  }),
  "lock-cancelled": (_, { rerun }) => ({
    what: "cancelled while waiting for another run; no record was touched",
    next: `${rerun}`,
  }),
  "lock-unreadable": ({ path }, { rerun }) => ({
    what: `${path} is no lock file, so nobody can tell whether a run holds it`,
    expected: "a lock file or nothing",
    next: thenRun(
      `make sure that no imagegate is running, remove it (${formatCommand(["rm", path])})`,
      rerun,
    ),
  }),
  "lock-failed": ({ path, code }, { rerun }) => ({
    what: `the lock ${path} cannot be taken`,
    found: code,
    next: thenRun("make its folder writable", rerun),
  }),
};

/** Stores that cannot be listed or searched. */
export const STORE_TEXTS: Describers<
  StoreReadFailure | FindFailure | Extract<ImportFailure, { readonly reason: "archive-foreign" }>
> = {
  "archive-foreign": ({ path }) => ({
    what: `${path} is no file that this version exports`,
    expected: 'a file that begins with the line "imagegate-archive 1"',
    next: thenRun(
      "make one where the cache is, with npx imagegate cache export FILE",
      "npx imagegate cache import FILE",
    ),
  }),
  "store-unreadable": ({ path, code }, { rerun }) => ({
    what: `the cache cannot be read at ${path}`,
    found: code,
    next: thenRun("make it readable, or set IMAGEGATE_CACHE_DIR to another folder", rerun),
  }),
  "invalid-key-prefix": ({ prefix }) => ({
    what: "this is no key of the cache",
    expected: "4 or more lower-case hexadecimal digits, the beginning of a key",
    found: JSON.stringify(prefix),
    next: "npx imagegate cache info",
  }),
};
