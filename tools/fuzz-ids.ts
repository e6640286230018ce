/**
 * Compares the ids that `@imagegate/core` computes with those of osbuild's own Python functions on generated manifests.
 *
 *     jiti tools/fuzz-ids.ts --osbuild DIR [--count 10000] [--seed N] [--python python3]
 *
 * DIR is a checkout of osbuild; without it, `osbuild` must be importable. Both sides must refuse a manifest, or both
 * accept it with equal ids of every stage. Exit 1: they disagree. Exit 2: nothing could be compared.
 *
 * Outside the generated domain, because refused here on purpose or by osbuild's schemas before any id: duplicate keys,
 * lone surrogates, nesting beyond the reader's bound, origins other than osbuild's two, names and types that are no
 * texts, objects where lists belong, and integers of more digits than Python reads (4,300).
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { computeIds, readJson, type PipelineIds } from "@imagegate/core";
import fc from "fast-check";
import { manifestTexts } from "./manifest-texts.ts";

interface Answer {
  readonly refused?: string;
  readonly pipelines?: readonly PipelineIds[];
}

interface Versions {
  readonly osbuild: string;
  readonly python: string;
}

const SHOWN_DISAGREEMENTS = 3;
/** Few enough that neither side fills the other's pipe while it is not read. */
const BATCH_SIZE = 64;

const { values: options } = parseArgs({
  options: {
    osbuild: { type: "string" },
    count: { type: "string", default: "10000" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    python: { type: "string", default: "python3" },
  },
});
const count = Number(options.count);
const seed = Number(options.seed);
console.log(`seed ${seed}`);

const osbuild = startOsbuild();
const versions = await osbuild.next<Versions>();
if (versions === undefined) {
  console.error("fuzz-ids: osbuild's Python package did not load; pass --osbuild DIR or set PYTHONPATH");
  process.exit(2);
}

const outcomes = new Map<string, number>();
let disagreements = 0;
let compared = 0;
while (compared < count) {
  // A seed of its own for each batch: the values that fast-check draws grow with the length of a run.
  const batch = fc.sample(manifestTexts(), {
    seed: seed + compared,
    numRuns: Math.min(BATCH_SIZE, count - compared),
  });
  osbuild.ask(batch);
  for (const text of batch) compare(text, await osbuild.next<Answer>());
  compared += batch.length;
}
osbuild.end();

console.log(`${compared} manifests against osbuild ${versions.osbuild} on Python ${versions.python}:`);
for (const [outcome, times] of [...outcomes].sort())
  console.log(`  ${String(times).padStart(6)}  ${outcome}`);
console.log(`${disagreements} disagreements`);
process.exit(disagreements > 0 ? 1 : compared === 0 ? 2 : 0);

function startOsbuild() {
  const script = fileURLToPath(new URL("fuzz-ids.py", import.meta.url));
  const env = options.osbuild === undefined ? {} : { PYTHONPATH: options.osbuild };
  const child = spawn(options.python, [script], {
    env: { ...process.env, ...env, PYTHONUTF8: "1" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const failed = once(child, "error").then(() => ({ done: true as const, value: undefined }));
  return {
    ask: (batch: readonly string[]) => child.stdin.write(batch.map((text) => `${text}\n`).join("")),
    next: async <T>(): Promise<T | undefined> => {
      const line = await Promise.race([lines.next(), failed]);
      return line.done === true ? undefined : (JSON.parse(line.value) as T);
    },
    end: () => child.stdin.end(),
  };
}

function compare(text: string, theirs: Answer | undefined): void {
  if (theirs === undefined) {
    console.error(`fuzz-ids: Python ended in the middle, at ${text}`);
    process.exit(2);
  }
  const read = readJson(text);
  const ours = read.ok ? computeIds(read.value) : read;
  const outcome = ours.ok ? "accepted" : `refused: ${ours.failure.reason}`;
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  const isAgreed = ours.ok
    ? JSON.stringify(ours.value) === JSON.stringify(theirs.pipelines)
    : theirs.refused !== undefined;
  if (isAgreed) return;
  disagreements += 1;
  if (disagreements > SHOWN_DISAGREEMENTS) return;
  console.error(
    `disagreement on\n  ${text}\n  here    ${JSON.stringify(ours)}\n  osbuild ${JSON.stringify(theirs)}`,
  );
}
