import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Files read since the watch began, as absolute paths; null while nobody watches. */
let reads: Set<string> | null = null;

/** The functions of `node:fs` by which a definition, or the loader for it, can read a file or a folder. */
const CALLBACK_READS = [
  "readFile",
  "readFileSync",
  "open",
  "openSync",
  "readdir",
  "readdirSync",
  "opendir",
  "opendirSync",
  "createReadStream",
] as const;
const PROMISE_READS = ["readFile", "open", "readdir", "opendir"] as const;

/**
 * Runs definitions and reports every file and folder that they read through `node:fs`, imports included.
 * Only for a worker thread, which does one thing at a time: the functions stay wrapped.
 */
export async function watchReads<T>(
  work: () => Promise<T>,
): Promise<{ result: T; reads: ReadonlySet<string> }> {
  wrapOnce();
  const seen = new Set<string>();
  reads = seen;
  try {
    return { result: await work(), reads: seen };
  } finally {
    reads = null;
  }
}

let isWrapped = false;

function wrapOnce(): void {
  if (isWrapped) return;
  isWrapped = true;
  wrap(fs, CALLBACK_READS);
  wrap(fs.promises, PROMISE_READS);
  syncBuiltinESMExports();
}

function wrap<Name extends string>(owner: Record<Name, unknown>, names: readonly Name[]): void {
  for (const name of names) {
    const original = owner[name] as (...args: unknown[]) => unknown;
    owner[name] = function watched(this: unknown, ...args: unknown[]): unknown {
      note(args[0]);
      return original.apply(this, args);
    };
  }
}

function note(target: unknown): void {
  if (reads === null) return;
  if (typeof target === "string") reads.add(resolve(target));
  else if (Buffer.isBuffer(target)) reads.add(resolve(target.toString()));
  else if (target instanceof URL && target.protocol === "file:") reads.add(fileURLToPath(target));
}
