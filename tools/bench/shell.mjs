import { everyNth } from "./corpus.mjs";
import { measureInterleaved, printGoal, printNotMeasured, printTable } from "./measure.mjs";
import { isOnPath } from "./path.mjs";
import { runProgram } from "./program.mjs";
import { openRepository } from "./repository.mjs";

const JQ_SAMPLE = 100;

/** The whole command from the shell, the start of the process included, against the tools that do a part of it. */
export async function benchShell({ paths, runs }) {
  const repository = openRepository(paths);
  try {
    await measureShell(paths, repository, runs);
  } finally {
    repository.remove();
  }
}

async function measureShell(paths, { imagegate, newStore, known }, runs) {
  const hasJq = isOnPath("jq");
  const sample = everyNth(paths, JQ_SAMPLE);
  const each = paths.length;
  const rows = await measureInterleaved(
    [
      { name: "sha256sum of all files", each, work: () => runProgram(["sha256sum", ...paths]) },
      { name: "imagegate check, nothing known", each, work: () => imagegate("check", newStore()) },
      { name: "imagegate check, manifests known", each, work: () => imagegate("check", known) },
      ...(hasJq ? [{ name: jqName(sample, paths), each, work: () => jqLoop(sample) }] : []),
    ],
    runs,
  );
  const [sha256sum, cold, again, jq] = rows;
  // The loop is linear in its files: a sample of it is scaled.
  if (jq !== undefined) jq.medianMs *= paths.length / sample.length;
  printTable(`Whole command, medians of ${runs} interleaved runs`, rows, sha256sum.name);
  if (jq === undefined) return printNotMeasured("the loop of jq", "jq is not on PATH");
  printGoal("jq loop against imagegate check, nothing known", jq.medianMs / cold.medianMs, { atLeast: 25 });
  printGoal("jq loop against imagegate check, known", jq.medianMs / again.medianMs, { atLeast: 25 });
}

function jqName(sample, paths) {
  return `jq -cS . | sha256sum, a loop: ${sample.length} files, × ${(paths.length / sample.length).toFixed(2)}`;
}

function jqLoop(paths) {
  const script = 'for file; do jq -cS . "$file" | sha256sum; done';
  runProgram(["bash", "-c", script, "bash", ...paths]);
}
