// npm run bench -- [--corpus DIR] [--generator "ARGV…" --generator-folder DIR] [--runs N] [--rows NAME,…] [--large]
// Every figure is a median of interleaved runs, every ratio is between two of one run, and each goal is said to be met
// or missed, which fails nothing. The generator is run in its folder, as `command` of docs/adopt-image-builder.md, with
// the environment of this process; `{outDir}` stands for its output.
import { parseArgs } from "node:util";
import { openCorpus } from "./bench/corpus.mjs";
import { benchChange } from "./bench/change.mjs";
import { benchExplain } from "./bench/explain.mjs";
import { benchFingerprint } from "./bench/fingerprint.mjs";
import { benchGenerator } from "./bench/generator.mjs";
import { benchGrowth } from "./bench/growth.mjs";
import { benchIds } from "./bench/ids.mjs";
import { benchInspectCache } from "./bench/inspect.mjs";
import { benchNx } from "./bench/nx.mjs";
import { benchPins } from "./bench/pins.mjs";
import { benchReport } from "./bench/report.mjs";
import { benchShell } from "./bench/shell.mjs";
import { benchWorkers } from "./bench/workers.mjs";

const ROWS = {
  fingerprint: benchFingerprint,
  ids: benchIds,
  workers: benchWorkers,
  shell: benchShell,
  generator: benchGenerator,
  nx: benchNx,
  change: benchChange,
  growth: benchGrowth,
  inspect: benchInspectCache,
  explain: benchExplain,
  report: benchReport,
  pins: benchPins,
};

const { values } = parseArgs({
  options: {
    corpus: { type: "string" },
    generator: { type: "string" },
    "generator-folder": { type: "string", default: "." },
    runs: { type: "string", default: "5" },
    rows: { type: "string", default: Object.keys(ROWS).join(",") },
    large: { type: "boolean", default: false },
  },
});
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1)
  throw new Error(`--runs: expected a whole number from 1, found ${values.runs}`);
const rows = values.rows.split(",");
const unknown = rows.find((row) => !Object.hasOwn(ROWS, row));
if (unknown !== undefined) throw new Error(`--rows: ${unknown} is none of ${Object.keys(ROWS).join(", ")}`);

const corpus = await openCorpus(values.corpus);
const generator =
  values.generator === undefined
    ? undefined
    : { argv: values.generator.split(" "), folder: values["generator-folder"] };
try {
  for (const row of rows) {
    await ROWS[row]({ paths: corpus.paths, folder: values.corpus, runs, generator, isLarge: values.large });
  }
} finally {
  corpus.remove();
}
