import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";

/** Takes a file that seems complete; it must not throw, and what it makes of the file is only a hint. */
export type AheadReader = (name: string, path: string) => Promise<void>;

/** Reads files while they are still being written. */
export interface ReadAhead {
  /** Begins no further file, and waits for those that are being read. */
  stop(): Promise<void>;
}

/** The time between two looks; a file that has not changed from one to the next may be complete. */
const LOOK_EVERY_MS = 50;

/**
 * Reads the JSON files of a folder that a command still fills, each once, as soon as two looks found it alike.
 *
 * Nothing that is found is trusted: once the command is done every file is read from the start, whatever was made of
 * it before. The store knows the bytes by then, and so they need no second parsing; bytes that moved in between are
 * others to it, and a file that is gone or was half there is nobody's. So a look that errs costs time and no more.
 */
export function readAhead(folder: string, read: AheadReader, concurrency: number): ReadAhead {
  const stopping = new AbortController();
  const looking = lookOn(folder, { read, concurrency, signal: stopping.signal });
  return {
    stop: async () => {
      stopping.abort();
      await looking;
    },
  };
}

interface Look {
  readonly read: AheadReader;
  readonly concurrency: number;
  readonly signal: AbortSignal;
}

async function lookOn(folder: string, { read, concurrency, signal }: Look): Promise<void> {
  const limit = pLimit(concurrency);
  const reading = new Set<Promise<void>>();
  const states = new Map<string, string>();
  const taken = new Set<string>();
  while (await pause(signal)) {
    for (const name of await settledFiles(folder, { states, taken })) {
      taken.add(name);
      const task = limit(async () => {
        if (!signal.aborted) await read(name.slice(0, -".json".length), join(folder, name));
      });
      reading.add(task);
      void task.finally(() => reading.delete(task));
    }
  }
  await Promise.all(reading);
}

/** False when it is time to stop. */
async function pause(signal: AbortSignal): Promise<boolean> {
  await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  return !signal.aborted;
}

/** Files that nobody has taken yet and that are as they were at the last look. */
async function settledFiles(
  folder: string,
  { states, taken }: { readonly states: Map<string, string>; readonly taken: ReadonlySet<string> },
): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  const settled: string[] = [];
  for (const name of names.filter((file) => file.endsWith(".json") && !taken.has(file))) {
    const state = await stateOf(join(folder, name));
    if (state !== null && states.get(name) === state) settled.push(name);
    else if (state !== null) states.set(name, state);
  }
  return settled;
}

async function stateOf(path: string): Promise<string | null> {
  try {
    const { size, mtimeNs, ino } = await stat(path, { bigint: true });
    return size === 0n ? null : `${size} ${mtimeNs} ${ino}`;
  } catch {
    return null;
  }
}
