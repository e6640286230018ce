// npm run bench -- [--corpus DIR] [--runs N]: figures and ratios, measured side by side in one run.
import { parseArgs } from "node:util";
import { findCorpus } from "./bench/corpus.mjs";
import { benchExplain } from "./bench/explain.mjs";
import { benchFingerprint, benchTools } from "./bench/fingerprint.mjs";
import { benchInspectCache } from "./bench/inspect.mjs";
import { benchNx } from "./bench/nx.mjs";
import { benchReport } from "./bench/report.mjs";

const { values } = parseArgs({
  options: { corpus: { type: "string" }, runs: { type: "string", default: "5" } },
});
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1)
  throw new Error(`--runs: expected a whole number from 1, found ${values.runs}`);

const paths = findCorpus(values.corpus);
await benchFingerprint(paths, runs);
await benchTools(paths, runs);
await benchInspectCache(paths, runs);
await benchNx(Math.min(runs, 5));
await benchReport(runs);
await benchExplain(paths, runs);
