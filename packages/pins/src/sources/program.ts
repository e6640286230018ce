import { formatPointer } from "@imagegate/core";
import { runProcess, type ProcessOutcome } from "@imagegate/host";
import { resolve } from "node:path";
import { readJsonDocument } from "../documents/json.ts";
import type { NamedDocument } from "../documents/place.ts";
import type { PinsFailure } from "../failure.ts";
import type { Provenance } from "../pin/pin.ts";
import { NOTHING_TOLD } from "../pin/written-pin.ts";
import { elsewhere, writtenPins } from "../pins-file/entries.ts";
import { fieldProblemsOf } from "../pins-file/field-problem.ts";
import { pinsFileSchema, type SourceConfig } from "../pins-file/schema.ts";
import { readEntries } from "./entries.ts";
import { failedReading, NOTHING_READ, type Reading, type ReadingContext } from "./source.ts";

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** A program of a pins file. */
export interface Program {
  readonly config: Extract<SourceConfig, { readonly kind: "program" }>;
  /** Where it is run, relative to the root. */
  readonly folder: string;
  /** Where it stands in the pins file: what it prints is said to be from there. */
  readonly place: Provenance;
}

/** The pins that a program prints as JSON; whatever is not a clean exit and one document is a failure. */
export async function readProgram(program: Program, { root, signal }: ReadingContext): Promise<Reading> {
  const { config, folder, place } = program;
  const { argv, env, timeoutMs } = config;
  const cwd = resolve(root, folder);
  const outcome = await runProcess(argv, { cwd, env, timeoutMs, signal, maxStdoutBytes: MAX_OUTPUT_BYTES });
  if (outcome.kind === "cancelled") return failedReading({ reason: "pins-cancelled" });
  if (!isCleanExit(outcome)) return failedReading({ reason: "pins-program-failed", place, argv, outcome });
  const document = readJsonDocument(outcome.stdout);
  if (!document.ok) {
    return failedReading({ reason: "pins-program-output", place, argv, cause: document.failure });
  }
  // What it prints stands in no file: all of it is from the line that names the program.
  const printed: NamedDocument = { value: document.value.value, path: place.path, lineOf: () => place.line };
  const reading = readPrinted(printed, program);
  return { ...reading, documents: [argv.join(" ")] };
}

type CleanExit = Extract<ProcessOutcome, { readonly kind: "exited" }>;

function isCleanExit(outcome: ProcessOutcome): outcome is CleanExit {
  return outcome.kind === "exited" && outcome.exitCode === 0;
}

function readPrinted(printed: NamedDocument, { config, place }: Program): Reading {
  if (config.pattern !== undefined) {
    const reading = readEntries(printed, config.pattern);
    return { ...reading, pins: reading.pins.map((pin) => ({ ...pin, place })) };
  }
  const parsed = pinsFileSchema.omit({ sources: true }).safeParse(printed.value);
  if (parsed.success) {
    const entries = parsed.data.pins.map((entry, index) => ({
      index,
      entry,
      isWhole: true,
      told: NOTHING_TOLD,
    }));
    const pins = writtenPins(entries, printed, (_, entry) => elsewhere(entry) ?? place);
    return { ...NOTHING_READ, pins };
  }
  const problems = parsed.error.issues
    .flatMap((issue) => fieldProblemsOf(issue, printed.value))
    .map(({ path, ...problem }): PinsFailure => {
      return { reason: "pin-field-invalid", place, printedAt: formatPointer(path), ...problem };
    });
  return failedReading(...problems);
}
