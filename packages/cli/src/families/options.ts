import type { OptionReader } from "../arguments/option-reader.ts";
import { PLACE_OPTIONS, readPlace, type Place } from "./selection.ts";

/** What `generate` and `check` are told. */
export interface RunInput {
  /** None are all. */
  readonly families: readonly string[];
  readonly place: Place;
  readonly concurrency: number | undefined;
  readonly ids: "none" | "builtin" | "osbuild" | undefined;
  /** Where the figures go. */
  readonly timings: string | undefined;
  readonly json: boolean;
}

/** The options of `generate` and `check`, for the help. */
export const RUN_OPTIONS = {
  ...PLACE_OPTIONS,
  "--concurrency <n>": "Worker threads, at most what the machine runs at once (default: all of that)",
  "--ids <mode>": "How pipeline ids are computed: none, builtin or osbuild (default: as configured)",
  "--timings <file>": "Write the figures of the run to this file, as JSON",
  "--json": "Print one JSON document instead of text",
} as const;

/** Reads the arguments of `generate` and `check`. */
export function readRunInput(options: OptionReader, families: readonly string[]): RunInput {
  return {
    families,
    place: readPlace(options),
    concurrency: options.count("concurrency"),
    ids: options.choice("ids", ["none", "builtin", "osbuild"]),
    timings: options.text("timings"),
    json: options.flag("json"),
  };
}
