import type { PinsFailure } from "../failure.ts";
import type { Provenance } from "../pin/pin.ts";
import type { WrittenPin } from "../pin/written-pin.ts";
import type { PinVerdict } from "../verify/verdict.ts";

/** What a source is read with. */
export interface ReadingContext {
  /** The folder that paths of places are relative to. */
  readonly root: string;
  readonly signal: AbortSignal;
}

/** Something that stands in a document, cannot be verified, and was said to be left so. */
export interface Unverified {
  /** What it is: a type of sources, or an entry without a digest. */
  readonly what: string;
  readonly count: number;
  /** The first place. */
  readonly place: Provenance;
}

/** All that a source gave. */
export interface Reading {
  /** What was read, relative to the root: files, or a program's command line. */
  readonly documents: readonly string[];
  readonly pins: readonly WrittenPin[];
  /** Bytes that stand in the documents themselves are judged at once. */
  readonly inline: readonly PinVerdict[];
  readonly unverified: readonly Unverified[];
  readonly problems: readonly PinsFailure[];
}

/** A place that pins come from. */
export interface PinSource {
  /** What goes wrong is part of the reading. */
  read(context: ReadingContext): Promise<Reading>;
}

/** A reading of nothing. */
export const NOTHING_READ: Reading = { documents: [], pins: [], inline: [], unverified: [], problems: [] };

/** Readings as one, in their order. */
export function joinReadings(readings: readonly Reading[]): Reading {
  return {
    documents: readings.flatMap(({ documents }) => documents),
    pins: readings.flatMap(({ pins }) => pins),
    inline: readings.flatMap(({ inline }) => inline),
    unverified: readings.flatMap(({ unverified }) => unverified),
    problems: readings.flatMap(({ problems }) => problems),
  };
}

/** A reading in which something went wrong. */
export function failedReading(...problems: readonly PinsFailure[]): Reading {
  return { ...NOTHING_READ, problems };
}
