import type { OptionReader } from "../arguments/option-reader.ts";
import { readDeliveryIn, type Delivery } from "../reports/options.ts";
import { PIN_FORMATS, type PinFormat } from "./format.ts";

/** What every command that asks for pinned urls may be told. */
export interface NetworkInput {
  readonly allowLoopbackHttp: boolean;
  readonly concurrency: number | undefined;
  readonly perHost: number | undefined;
  readonly timeoutMs: number | undefined;
  readonly transferTimeoutMs: number | undefined;
}

/** What `pins verify` is told. */
export interface VerifyInput {
  readonly files: readonly string[];
  readonly families: readonly string[];
  readonly root: string | undefined;
  readonly network: NetworkInput;
  /** Whether a forge's own digest of an asset is believed instead of its bytes. */
  readonly attested: boolean;
  /** How old a full hash may be that is not made again when the server says that nothing changed. */
  readonly maxAgeMs: number | undefined;
  readonly keep: boolean;
  readonly delivery: Delivery<PinFormat>;
  /** The same report in other formats: nobody should download twice for that. */
  readonly also: readonly Delivery<PinFormat>[];
  readonly json: boolean;
}

/** The options of the network, for the help. */
export const NETWORK_OPTIONS = {
  "--concurrency <n>": "Downloads at once (default: 16)",
  "--per-host <n>": "Downloads at once from one host (default: 8)",
  "--timeout <duration>": "How long everything may take, such as 30m (default: 5h)",
  "--transfer-timeout <duration>": "How long one url may take with all attempts, such as 10m (default: 2h)",
  "--allow-loopback-http": "Also take http and addresses of this machine itself; for tests only",
} as const;

/** The option of the root, for the help. */
export const ROOT_OPTION = {
  "--root <folder>":
    "The workspace that paths are relative to (default: the nearest folder upwards with nx.json or .git)",
} as const;

/** The option of families, for the help. */
export const FAMILY_OPTION = {
  "--family <name>": "Read the manifests that this family generated last; may be repeated",
} as const;

/** The options of `pins verify`, for the help. */
export const VERIFY_OPTIONS = {
  "--format <name>": `The report's format: ${PIN_FORMATS.join(", ")} (default: text)`,
  "--output <file>": "Write the report to this file instead of stdout",
  "--also <format=file>":
    "Write the report in another format, too, such as sarif=pins.sarif; may be repeated",
  "--json": "The same as --format json",
  "--attested": "Believe the digest that GitHub gives for an asset of a release, without its bytes",
  "--max-age <age>":
    "Believe a full hash made here, such as 7d old at most, when the server's ETag is the same (default: hash all anew)",
  "--keep": "Keep what is as pinned in the cache; everything is downloaded then",
  ...FAMILY_OPTION,
  ...NETWORK_OPTIONS,
  ...ROOT_OPTION,
} as const;

/** Reads what `pins verify` is told. */
export function readVerifyInput(options: OptionReader, files: readonly string[]): VerifyInput {
  const delivery = readDeliveryIn(options, PIN_FORMATS);
  const [attested, maxAgeMs, keep] = [options.flag("attested"), options.age("max-age"), options.flag("keep")];
  if (keep && (attested || maxAgeMs !== undefined)) {
    options.problems.push("--keep downloads everything: it does not go with --attested or --max-age");
  }
  return {
    files,
    families: options.texts("family"),
    attested,
    maxAgeMs,
    keep,
    root: options.text("root"),
    network: readNetwork(options),
    delivery,
    also: readFurtherDeliveries(options),
    json: delivery.format === "json" && delivery.output === undefined,
  };
}

function readFurtherDeliveries(options: OptionReader): readonly Delivery<PinFormat>[] {
  return options.texts("also").flatMap((text) => {
    const [, name, output = ""] = /^([a-z]+)=(.+)$/s.exec(text) ?? [];
    const format = PIN_FORMATS.find((known) => known === name);
    if (format !== undefined) return [{ format, output }];
    options.problems.push(`--also takes FORMAT=FILE, not ${JSON.stringify(text)}`);
    return [];
  });
}

/** Reads the options of the network. */
export function readNetwork(options: OptionReader): NetworkInput {
  return {
    allowLoopbackHttp: options.flag("allow-loopback-http"),
    concurrency: options.count("concurrency"),
    perHost: options.count("per-host"),
    timeoutMs: readTimer(options, "timeout"),
    transferTimeoutMs: readTimer(options, "transfer-timeout"),
  };
}

/** What a timer can count to: one more, and Node ends it at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

function readTimer(options: OptionReader, name: string): number | undefined {
  const durationMs = options.duration(name);
  if (durationMs === undefined || (durationMs > 0 && durationMs <= MAX_TIMER_MS)) return durationMs;
  options.problems.push(`--${name} takes a duration from 1s to 596h`);
  return undefined;
}
