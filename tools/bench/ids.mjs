import { readFileSync } from "node:fs";
import { computeIds, readJson } from "@imagegate/core";
import { everyNth } from "./corpus.mjs";
import { required } from "./document.mjs";
import { measureInterleaved, printNotMeasured, printTable } from "./measure.mjs";
import { isOnPath } from "./path.mjs";
import { runProgram } from "./program.mjs";

const SAMPLE = 5;

/** Our ids against those that osbuild is asked for, on a sample. */
export async function benchIds({ paths, runs }) {
  if (!isOnPath("osbuild")) return printNotMeasured("osbuild --inspect", "osbuild is not on PATH");
  const sample = everyNth(paths, SAMPLE);
  const tapes = sample.map((path) => required(readJson(readFileSync(path))));
  const each = sample.length;
  const rows = await measureInterleaved(
    [
      { name: "builtin ids, in-process", each, work: () => tapes.forEach((tape) => computeIds(tape)) },
      { name: "osbuild --inspect", each, work: () => sample.forEach(inspect) },
    ],
    Math.min(runs, 3),
  );
  printTable(`Ids, ${each} of the manifests`, rows, rows[0].name);
}

function inspect(path) {
  runProgram(["osbuild", "--inspect", path]);
}
