import type { Shard } from "@imagegate/engine";
import type { OptionReader } from "../arguments/option-reader.ts";
import { PLACE_OPTIONS, readPlace, type Place } from "./selection.ts";

/** What `generate` and `check` are told. */
export interface RunInput {
  /** None are all. */
  readonly families: readonly string[];
  readonly place: Place;
  readonly concurrency: number | undefined;
  readonly ids: "none" | "builtin" | "osbuild" | undefined;
  /** The part that this machine checks; undefined is the whole, and all that `generate` knows. */
  readonly shard: Extract<Shard, { readonly kind: "part" }> | undefined;
  /** Where the figures go. */
  readonly timings: string | undefined;
  readonly json: boolean;
}

/** The options of `generate` and `check`, for the help. */
export const RUN_OPTIONS = {
  ...PLACE_OPTIONS,
  "--concurrency <n>": "Worker threads, at most what the machine runs at once (default: all of that)",
  "--ids <mode>": "How pipeline ids are computed: none, builtin or osbuild (default: as configured)",
  "--timings <file>": "Write the figures of the run to this file, as JSON, and beside it a trace for Chrome",
  "--json": "Print one JSON document instead of text",
} as const;

/** The options of `check`, for the help: only a whole run can tell which records are to go, so `generate` has no shards. */
export const CHECK_OPTIONS = {
  ...RUN_OPTIONS,
  "--shard <k/n>": "Check only the Kth of N parts, by hash of the names (1/1 is the whole)",
} as const;

/** Reads the arguments of `check`. */
export function readCheckInput(options: OptionReader, families: readonly string[]): RunInput {
  const part = options.part("shard");
  return {
    ...readRunInput(options, families),
    shard: part === undefined ? undefined : { kind: "part", ...part },
  };
}

/** Reads the arguments of `generate`, and those that `check` shares with it. */
export function readRunInput(options: OptionReader, families: readonly string[]): RunInput {
  return {
    families,
    place: readPlace(options),
    concurrency: options.count("concurrency"),
    ids: options.choice("ids", ["none", "builtin", "osbuild"]),
    shard: undefined,
    timings: options.text("timings"),
    json: options.flag("json"),
  };
}
