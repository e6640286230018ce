import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";
import { isSameState, lookAt, type FileState } from "./file-state.ts";

/** A file that seems complete. */
export interface AheadFile {
  readonly name: string;
  readonly path: string;
  /** At two looks, the last of them before the file was read. */
  readonly state: FileState;
}

/** Who reads ahead; neither must throw. What is found wrong with a file is nothing yet. */
export interface AheadReader {
  readonly concurrency: number;
  /** Whether the machine has time for it now; what it has no time for is read later, or by others at the end. */
  readonly isIdle: () => boolean;
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

/** The shortest time between two looks; a file that has not changed from one to the next may be complete. */
const LOOK_EVERY_MS = 50;
/** A look at many files takes long, and the command wants the processors: this many times as long nobody looks. */
const PAUSE_PER_LOOK = 100;
/** The longest time between two looks. */
const LOOK_WITHIN_MS = 1_000;
/** So many looks in a row that find nothing are a pause. */
const RESTING_LOOKS = 4;
/** More files than these are read in several parts, so that the threads share them. */
const FILES_AT_ONCE = 16;

/**
 * Reads the JSON files of a folder that a command still fills, each once, as soon as two looks found it alike and the
 * machine has time.
 *
 * What is found is believed of files that are as they were, once the command is done (`AheadAnswers`); all others are
 * read from the start. A file that is gone or was half there is nobody's.
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
  const states = new Map<string, FileState>();
  const taken = new Set<string>();
  let restingLooks = 0;
  let lookMs = 0;
  while (await pause(lookMs, signal)) {
    const startedAt = performance.now();
    const isIdle = reader.isIdle();
    const settled = isIdle ? settledFiles(folder, { states, taken }) : [];
    lookMs = performance.now() - startedAt;
    for (const { path } of settled) taken.add(path);
    for (const files of chunk(settled, FILES_AT_ONCE)) {
      const task = limit(async () => {
        if (signal.aborted) return;
        if (reader.isIdle()) await reader.read(files);
        else for (const { path } of files) taken.delete(path);
      });
      reading.add(task);
      void task.finally(() => reading.delete(task));
    }
    restingLooks = isIdle && reading.size === 0 ? restingLooks + 1 : 0;
    if (restingLooks === RESTING_LOOKS && taken.size > 0) await reader.rest();
  }
  await Promise.all(reading);
}

function* chunk<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** False when it is time to stop. */
async function pause(lookMs: number, signal: AbortSignal): Promise<boolean> {
  const pauseMs = Math.min(Math.max(LOOK_EVERY_MS, lookMs * PAUSE_PER_LOOK), LOOK_WITHIN_MS);
  await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  return !signal.aborted;
}

/**
 * Files that nobody has taken yet and that are as they were at the last look. It waits for the disk: asking through other
 * threads costs more than a look, and the command wants the processors.
 */
function settledFiles(
  folder: string,
  { states, taken }: { readonly states: Map<string, FileState>; readonly taken: ReadonlySet<string> },
): readonly AheadFile[] {
  const settled: AheadFile[] = [];
  for (const file of namesIn(folder)) {
    if (!file.endsWith(".json")) continue;
    const path = join(folder, file);
    if (taken.has(path)) continue;
    const state = lookAt(path);
    if (state === undefined || state.size === 0n) continue;
    const before = states.get(path);
    if (before !== undefined && isSameState(before, state))
      settled.push({ name: file.slice(0, -".json".length), path, state });
    else states.set(path, state);
  }
  return settled;
}

/** Whoever reads the folder once the command is done says what is wrong with it. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
