import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { measureInterleaved, printGoal, printTable } from "./measure.mjs";
import { runProgram } from "./program.mjs";
import { openRepository } from "./repository.mjs";

const CHECK_ONCE = fileURLToPath(new URL("check-once.mjs", import.meta.url));

/**
 * One manifest that changes every time, the others known, against the whole with nothing known: the work alone, in a
 * process that runs, and from the shell.
 */
export async function benchChange({ paths, runs }) {
  const repository = openRepository(paths);
  const { imagegate, newStore, known, root } = repository;
  const path = repository.manifestPath(Math.floor(paths.length / 2));
  const text = readFileSync(path, "utf8");
  const each = paths.length;
  const checkOnce = (store, verdict) => {
    const argv = [process.execPath, CHECK_ONCE, root, store, verdict];
    return { tookMs: Number(runProgram(argv).toString()) };
  };
  const restore = () => writeFileSync(path, text);
  let round = 0;
  const change = () => writeFileSync(path, vary(text, round++));
  try {
    const [whole, one, wholeCommand, oneCommand] = await measureInterleaved(
      [
        {
          name: "check, nothing known",
          each,
          prepare: restore,
          work: () => checkOnce(newStore(), "same"),
        },
        {
          name: "check, one manifest changed, which is found",
          each,
          prepare: change,
          work: () => checkOnce(known, "differs"),
        },
        {
          name: "imagegate check from the shell, nothing known",
          each,
          prepare: restore,
          work: () => imagegate("check", newStore()),
        },
        {
          name: "imagegate check from the shell, one changed",
          each,
          prepare: change,
          work: () => imagegate("check", known, 1),
        },
      ],
      runs,
    );
    const rows = [whole, one, wholeCommand, oneCommand];
    printTable(`One of ${each} changed, medians of ${runs} interleaved runs`, rows, whole.name);
    printGoal("one manifest changed against the whole", one.medianMs / whole.medianMs, { atMost: 0.3 });
    const fromShell = oneCommand.medianMs / wholeCommand.medianMs;
    console.log(`    (from the shell, with the start of a process in both: ${fromShell.toFixed(2)}×)`);
  } finally {
    repository.remove();
  }
}

function vary(text, round) {
  const manifest = JSON.parse(text);
  const options = { hostname: `bench-${round}` };
  manifest.pipelines.at(-1).stages.push({ type: "org.osbuild.hostname", options });
  return JSON.stringify(manifest);
}
