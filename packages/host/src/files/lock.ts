import { randomBytes } from "node:crypto";
import { link, readdir, rename, rm, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fail, ok, type Result } from "@imagegate/core";
import { writeNewFile } from "./atomic.ts";
import { readFileBounded } from "./bounded.ts";
import { errorCode } from "./error-code.ts";
import { makeFolder } from "./folder.ts";
import { formatHolder, parseHolder, type LockHolder } from "./lock-holder.ts";
import { currentProcess, judgeProcess, type ProcessIdentity } from "../process/identity.ts";

/** Why a lock was not acquired. */
export type LockFailure =
  /** Somebody holds it, and still did after the time to wait. */
  | { readonly reason: "lock-held"; readonly path: string; readonly holder: LockHolder }
  /** The caller's `AbortSignal` fired first. */
  | { readonly reason: "lock-cancelled"; readonly path: string }
  /** What stands at `path` is no lock file, so that nobody can tell whether it may be removed. */
  | { readonly reason: "lock-unreadable"; readonly path: string }
  | { readonly reason: "lock-failed"; readonly path: string; readonly code: string; readonly cause: unknown };

/**
 * What became of the lock file: `lost` when it was gone or somebody else's, which only meddling can cause;
 * `stuck` when the system refused to remove it, so that it stands until this process ends.
 */
export type LockRelease = "released" | "lost" | "stuck";

/** A held lock. */
export interface Lock {
  readonly path: string;
  readonly holder: LockHolder;
  /** Gives the lock back, once; further calls give the first answer. */
  release(): Promise<LockRelease>;
}

/** How long to wait, and who hears of it. */
export interface LockOptions {
  /** 0, the default, tries once. */
  readonly waitMs?: number;
  readonly signal?: AbortSignal;
  /** Called once, when waiting begins. */
  readonly onWait?: (holder: LockHolder) => void;
}

type Attempt =
  | { readonly kind: "acquired"; readonly holder: LockHolder }
  | { readonly kind: "held"; readonly holder: LockHolder };

const MAX_LOCK_BYTES = 64 * 1024;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 100;
const LEFTOVER_AGE_MS = 60 * 60 * 1000;

/**
 * Acquires the lock file `path`, whose folder is made when missing; threads and callers within one process exclude
 * each other as processes do. A lock whose process is certainly gone (kill -9, reboot) is taken over at once; one
 * of another host or container never is. Needs a file system with hard links.
 */
export async function acquireLock(
  path: string,
  options: LockOptions = {},
): Promise<Result<Lock, LockFailure>> {
  try {
    await makeFolder(dirname(path));
    return await waitForLock(path, options);
  } catch (error) {
    if (error instanceof UnreadableLock) return fail({ reason: "lock-unreadable", path: error.path });
    const code = errorCode(error);
    // Not the system's: `onWait` threw.
    if (code === "UNKNOWN") throw error;
    return fail({ reason: "lock-failed", path, code, cause: error });
  }
}

async function waitForLock(
  path: string,
  { waitMs = 0, signal, onWait }: LockOptions,
): Promise<Result<Lock, LockFailure>> {
  const deadline = performance.now() + waitMs;
  let told = false;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    if (signal?.aborted) return fail({ reason: "lock-cancelled", path });
    const { kind, holder } = await tryLock(path, path);
    if (kind === "acquired") return ok(heldLock(path, holder));
    const leftMs = deadline - performance.now();
    if (leftMs <= 0) return fail({ reason: "lock-held", path, holder });
    if (!told) onWait?.(holder);
    told = true;
    await sleep(Math.min(pauseMs, leftMs), undefined, signal && { signal }).catch(() => undefined);
  }
}

/** `base` is the lock that all is about, `path` that lock or a guard that protects taking one over. */
async function tryLock(base: string, path: string): Promise<Attempt> {
  const self = currentProcess();
  for (;;) {
    const current = await readHolder(path);
    if (current && judgeProcess(current, self) !== "gone") return { kind: "held", holder: current };
    const holder = newHolder(self);
    const temporary = `${base}.${holder.token}.tmp`;
    try {
      await writeNewFile(temporary, formatHolder(holder), 0o644);
      const outcome = current
        ? await takeOver({ base, path, temporary, stale: current })
        : await linkNew(temporary, path);
      if (outcome === "placed") return { kind: "acquired", holder };
      if (outcome !== "changed") return outcome;
    } finally {
      await discard(temporary);
    }
  }
}

interface Takeover {
  readonly base: string;
  readonly path: string;
  readonly temporary: string;
  readonly stale: LockHolder;
}

/**
 * Replaces a lock whose holder is gone. Only the holder of the guard named after the stale token may do that, so the
 * file still naming that token, read under the guard, cannot change before the rename; tokens never come back, so
 * who finds another one was late and does nothing. A guard left by a kill in here is itself a lock of a process that
 * is gone, and is taken over in the same way under a guard of its own.
 */
async function takeOver({ base, path, temporary, stale }: Takeover): Promise<Attempt | "placed" | "changed"> {
  const guardPath = `${base}.${stale.token}.takeover`;
  const guard = await tryLock(base, guardPath);
  if (guard.kind === "held") return guard;
  try {
    const current = await readHolder(path);
    if (current?.token !== stale.token) return "changed";
    await rename(temporary, path);
  } finally {
    await removeOwn(guardPath, guard.holder);
  }
  if (path === base) await sweep(base).catch(() => undefined);
  return "placed";
}

function heldLock(path: string, holder: LockHolder): Lock {
  let released: Promise<LockRelease> | undefined;
  return { path, holder, release: () => (released ??= removeOwn(path, holder)) };
}

/** Safe without a guard: while this process lives, nobody else removes or replaces its lock. */
async function removeOwn(path: string, holder: LockHolder): Promise<LockRelease> {
  try {
    const current = await readHolder(path);
    if (current?.token !== holder.token) return "lost";
    await unlink(path);
    return "released";
  } catch (error) {
    return error instanceof UnreadableLock ? "lost" : "stuck";
  }
}

/** Under the held lock: guards of earlier takeovers that were killed half way, and old temporary files. */
async function sweep(base: string): Promise<void> {
  const own = `${basename(base)}.`;
  for (const name of await readdir(dirname(base))) {
    const match = name.startsWith(own) ? /^[0-9a-f]{32}\.(takeover|tmp)$/.exec(name.slice(own.length)) : null;
    if (match === null) continue;
    const path = join(dirname(base), name);
    if (match[1] === "takeover" || (await isOld(path))) await discard(path);
  }
}

/** A file that stays is swept later; failing for it would leave behind a lock that nobody can release. */
async function discard(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
}

async function isOld(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > LEFTOVER_AGE_MS;
}

async function linkNew(from: string, to: string): Promise<"placed" | "changed"> {
  try {
    await link(from, to);
    return "placed";
  } catch (error) {
    if (errorCode(error) === "EEXIST") return "changed";
    throw error;
  }
}

async function readHolder(path: string): Promise<LockHolder | undefined> {
  const read = await readFileBounded(path, MAX_LOCK_BYTES);
  if (!read.ok && read.failure.reason === "missing") return undefined;
  const holder = read.ok ? parseHolder(read.value) : undefined;
  if (holder === undefined) throw new UnreadableLock(path);
  return holder;
}

class UnreadableLock extends Error {
  readonly path: string;

  constructor(path: string) {
    super(`no lock file: ${path}`);
    this.path = path;
  }
}

function newHolder(self: ProcessIdentity): LockHolder {
  return { ...self, token: randomBytes(16).toString("hex"), since: new Date().toISOString() };
}
