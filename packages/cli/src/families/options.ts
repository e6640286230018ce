import type { Shard } from "@imagegate/engine";
import type { OptionReader } from "../arguments/option-reader.ts";
import { readDelivery, REPORT_OPTIONS, type Delivery } from "../reports/options.ts";
import { PLACE_OPTIONS, readPlace, type Place } from "./place.ts";

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
  "--explain": "Say what changed once a cause, instead of record by record",
  "--base <commit>": "Explain against this commit instead of the records; what is recorded still decides",
  "--each <range>": "Check every commit of BASE..HEAD, each against its own definitions",
  ...REPORT_OPTIONS,
} as const;

/** What `check` is told. */
export interface CheckInput extends RunInput {
  /** Where an explanation goes; null when none is asked for. */
  readonly explain: Delivery | null;
  /** What is explained against; undefined is the records as they stand. */
  readonly base: string | undefined;
  /** The commits to check instead of the working tree. */
  readonly each: string | undefined;
}

/** Reads the arguments of `check`. */
export function readCheckInput(options: OptionReader, families: readonly string[]): CheckInput {
  const part = options.part("shard");
  const each = options.text("each");
  const delivery = readDelivery(options);
  const isExplained = options.flag("explain") || each !== undefined;
  if (!isExplained && (delivery.output !== undefined || options.text("format") !== undefined)) {
    options.problems.push("--format and --output go with --explain or --each");
  }
  if (each !== undefined && part !== undefined)
    options.problems.push("--each and --shard exclude each other");
  if (each !== undefined && (families.length > 0 || options.text("config") !== undefined)) {
    options.problems.push("--each checks whole commits, and takes neither families nor --config");
  }
  if (each !== undefined && options.text("timings") !== undefined) {
    options.problems.push("--each and --timings exclude each other");
  }
  return {
    ...readRunInput(options, families),
    shard: part === undefined ? undefined : { kind: "part", ...part },
    explain: isExplained ? delivery : null,
    base: readBase(options, families),
    each,
  };
}

/** One commit, which stands for all of its records. */
function readBase(options: OptionReader, families: readonly string[]): string | undefined {
  const base = options.text("base");
  if (base === undefined) return undefined;
  if (!options.flag("explain")) options.problems.push("--base goes with --explain");
  if (base.includes("..")) options.problems.push("--base takes one commit");
  const isPart = ["config", "shard", "each"].some((name) => options.text(name) !== undefined);
  if (isPart || families.length > 0) {
    options.problems.push(
      "--base looks at all families, and takes neither names nor --config, --shard or --each",
    );
  }
  return base;
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
