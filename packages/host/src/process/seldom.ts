import { getDefaultHighWaterMark, setDefaultHighWaterMark, type Readable } from "node:stream";
import type { OutputEnd, StdoutReader } from "./output.ts";

/** Sleeps so long, or less when there is no more time. */
type Wait = (ms: number) => Promise<unknown>;

/** A read that brings as much may be of a writer who waits for us: a pipe holds 64 KiB. */
const FULL_BYTES = 16 * 1024;
const LONGEST_PAUSE_MS = 50;

/**
 * Makes streams that hold one read each: what comes after it waits in the pipe, and nobody is woken for it. Whoever
 * starts a child cannot ask that of its streams; they take the default of their thread, which is as it was afterwards.
 */
export function withShallowStreams<T>(make: () => T): T {
  const usual = getDefaultHighWaterMark(false);
  setDefaultHighWaterMark(false, 1);
  try {
    return make();
  } finally {
    setDefaultHighWaterMark(false, usual);
  }
}

/**
 * Reads a shallow stream to its end, seldom: a program that says a little, again and again, wakes this process some
 * twenty times a second; one that says much is read at once. False when the stream broke, or was destroyed, before.
 */
export async function readSeldom(
  stream: Readable,
  take: (chunk: Buffer) => void,
  wait: Wait,
): Promise<boolean> {
  let pauseMs = 1;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      take(chunk);
      if (chunk.length >= FULL_BYTES) pauseMs = 1;
      else {
        await wait(pauseMs);
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      }
    }
    return stream.readableEnded;
  } catch {
    return false;
  }
}

/** Reads stdout, so that the program can go on, and keeps nothing of it. */
export class DroppedOutput implements StdoutReader {
  readonly #stream: Readable;
  readonly #wait: Wait;
  #chunks = 0;

  constructor(stream: Readable, wait: Wait) {
    this.#stream = stream;
    this.#wait = wait;
  }

  progress(): number {
    return this.#chunks;
  }

  async read(): Promise<OutputEnd> {
    const count = (): void => void (this.#chunks += 1);
    const isComplete = await readSeldom(this.#stream, count, this.#wait);
    return { kind: isComplete ? "complete" : "closed", stdout: new Uint8Array() };
  }
}
