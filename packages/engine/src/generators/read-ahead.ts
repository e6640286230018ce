import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";

/** A file that seems complete. */
export interface AheadFile {
  readonly name: string;
  readonly path: string;
}

/** Who reads ahead; neither must throw, and what is made of a file is only a hint. */
export interface AheadReader {
  readonly concurrency: number;
  /** Takes some files. */
  readonly read: (files: readonly AheadFile[]) => Promise<void>;
  /** The command has been pausing for a while, and all that it wrote is read. */
  readonly rest: () => Promise<void>;
}

/** Reads files while they are still being written. */
export interface ReadAhead {
  /** Begins no further file, and waits for those that are being read. */
  stop(): Promise<void>;
}

/** The time between two looks; a file that has not changed from one to the next may be complete. */
const LOOK_EVERY_MS = 50;
/** So many looks in a row that find nothing are a pause. */
const RESTING_LOOKS = 4;
/** More files than these are read in several parts, so that the threads share them. */
const FILES_AT_ONCE = 16;

/**
 * Reads the JSON files of a folder that a command still fills, each once, as soon as two looks found it alike.
 *
 * Nothing that is found is trusted: once the command is done every file is read from the start, whatever was made of
 * it before. The store knows the bytes by then, and so they need no second parsing; bytes that moved in between are
 * others to it, and a file that is gone or was half there is nobody's. So a look that errs costs time and no more.
 */
export function readAhead(folder: string, reader: AheadReader): ReadAhead {
  const stopping = new AbortController();
  const looking = lookOn(folder, reader, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await looking;
    },
  };
}

async function lookOn(folder: string, reader: AheadReader, signal: AbortSignal): Promise<void> {
  const limit = pLimit(reader.concurrency);
  const reading = new Set<Promise<void>>();
  const states = new Map<string, string>();
  const taken = new Set<string>();
  let restingLooks = 0;
  while (await pause(signal)) {
    const settled = await settledFiles(folder, { states, taken });
    for (const name of settled) taken.add(name);
    for (const names of chunk(settled, FILES_AT_ONCE)) {
      const files = names.map((file) => ({ name: file.slice(0, -".json".length), path: join(folder, file) }));
      const task = limit(async () => {
        if (!signal.aborted) await reader.read(files);
      });
      reading.add(task);
      void task.finally(() => reading.delete(task));
    }
    restingLooks = reading.size > 0 ? 0 : restingLooks + 1;
    if (restingLooks === RESTING_LOOKS && taken.size > 0) await reader.rest();
  }
  await Promise.all(reading);
}

function* chunk<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
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
