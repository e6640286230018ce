import type { GeneratorFailure } from "@imagegate/engine";
import { formatCommand, lastLines } from "./escape.ts";
import { describeWith, thenRun, type Describers } from "./failure-text.ts";
import { describePlace, JSON_TEXTS } from "./json.ts";
import { describeOutcome, outcomeDetails } from "./outcome.ts";
import { formatDuration, formatNames } from "./units.ts";

const STACK_LINES = 8;
const NAME_RULE = "letters, digits and . _ + -, no leading dot";

/** Generators that give no complete set of manifests. */
export const GENERATOR_TEXTS: Describers<GeneratorFailure> = {
  "folder-unreadable": ({ path, code }, { rerun }) => ({
    what: `the folder ${path} cannot be listed, and may hold files that matter`,
    found: code,
    next: thenRun("make it readable", rerun),
  }),
  "generator-empty": (_, { rerun }) => ({
    what: "the generator made no manifest at all",
    expected: "at least one: an empty set would pass every gate",
    next: thenRun("correct the generator, or remove the family's imagegate.json", rerun),
  }),
  "name-invalid": ({ name }, { rerun }) => ({
    what: "the generator gave a name that cannot be a file name",
    expected: NAME_RULE,
    found: JSON.stringify(name),
    next: thenRun("rename the image", rerun),
  }),
  "name-collision": ({ names }, { rerun }) => ({
    what: "the generator gave names that are equal, or equal but for upper and lower case",
    expected: "names that differ on every file system",
    found: formatNames(names),
    next: thenRun("rename the images", rerun),
  }),
  "names-missing": ({ names }, { rerun }) => ({
    what: "the generator left out manifests that the configuration lists",
    expected: formatNames(names),
    next: thenRun('correct the command, or the "list" in imagegate.json', rerun),
  }),
  "names-unexpected": ({ names }, { rerun }) => ({
    what: "the generator made manifests that the configuration does not list",
    found: formatNames(names),
    next: thenRun('add them to the "list" in imagegate.json, or correct the command', rerun),
  }),
  "module-not-loaded": ({ entry, message, stack }, { rerun }) => ({
    what: `the module ${entry} cannot be loaded`,
    found: message,
    details: stackLines(stack),
    next: thenRun("correct the module", rerun),
  }),
  "module-shape": ({ entry, path, expected }, { rerun }) => ({
    what: `the module ${entry} does not export images: see ${describePlace(path)} of its default export`,
    expected,
    next: thenRun("correct the module", rerun),
  }),
  "module-outside-input": ({ entry, file }, { rerun }) => ({
    what: `the module ${entry} reads ${file}, which is neither in its folder, nor in its packages, nor declared`,
    expected: "every file that a definition reads among the inputs, or a cached result could be a wrong one",
    next: thenRun(`add "${file}" to "inputs.files" in imagegate.json`, rerun),
  }),
  "module-threw": ({ message, stack }, { rerun }) => ({
    what: "the image definition threw an error",
    found: message,
    details: stackLines(stack),
    next: thenRun("correct the definition", rerun),
  }),
  "module-timed-out": ({ timeoutMs }, { rerun }) => ({
    what: "the image definition did not come to an end",
    expected: `a manifest within ${formatDuration(timeoutMs)}`,
    next: thenRun('correct the definition, or raise "generator.timeoutMs"', rerun),
  }),
  "worker-died": ({ message }, { rerun }) => ({
    what: "a worker thread died",
    found: message,
    next: thenRun("if memory ran out, allow fewer threads with --concurrency 1", rerun),
  }),
  "command-failed": ({ argv, outcome }, { rerun }) => ({
    what: `the generator failed: ${formatCommand(argv)}`,
    expected: "exit code 0",
    found: describeOutcome(outcome),
    details: outcomeDetails(outcome),
    next: thenRun("correct the command", rerun),
  }),
  "command-output": ({ line, cause }, context) => {
    const next = thenRun("correct the command", context.rerun);
    if (cause.reason === "line-shape") {
      return {
        what: `line ${line} of the generator's output is not what it should be`,
        expected: cause.expected,
        next,
      };
    }
    const text = describeWith(JSON_TEXTS, cause, context);
    return { ...text, what: `line ${line} of the generator's output: ${text.what}`, next };
  },
  "output-stranger": ({ path }, { rerun }) => ({
    what: `the generator left ${path}, which is no manifest`,
    expected: "files NAME.json and nothing else",
    next: thenRun("correct the command", rerun),
  }),
  "no-match": ({ include }, { rerun }) => ({
    what: "no file matches what the configuration includes",
    expected: "at least one manifest",
    found: `nothing for ${formatNames(include)}`,
    next: thenRun('correct "generator.include" in imagegate.json', rerun),
  }),
  "shard-unknown": ({ names, shards }, { rerun }) => ({
    what: "manifests belong to none of the shards that the configuration lists",
    expected: `one of ${formatNames(shards, 20)}`,
    found: formatNames(names),
    next: thenRun('add their shard to "split.shards" in imagegate.json, or correct "split.pattern"', rerun),
  }),
  "shards-empty": ({ shards }, { rerun }) => ({
    what: "no manifest belongs to shards that the configuration lists",
    expected: "at least one for every shard",
    found: `nothing for ${formatNames(shards, 20)}`,
    next: thenRun('correct the generator, or take them out of "split.shards" in imagegate.json', rerun),
  }),
};

/** The frames of a stack; its head repeats the message. */
function stackLines(stack: string): readonly string[] {
  const frames = lastLines(stack, Number.POSITIVE_INFINITY).filter((line) => /^\s*at /.test(line));
  return frames.slice(0, STACK_LINES).map((line) => line.trim());
}
