import { readFileSync, writeFileSync } from "node:fs";
import { measureInterleaved, printGoal, printTable } from "./measure.mjs";
import { openRepository } from "./repository.mjs";

/** One manifest that changes every time, the others known, against the whole with nothing known. */
export async function benchChange({ paths, runs }) {
  const repository = openRepository(paths);
  const single = openRepository(paths.slice(0, 1));
  const { imagegate, newStore, known } = repository;
  const path = repository.manifestPath(Math.floor(paths.length / 2));
  const text = readFileSync(path, "utf8");
  const each = paths.length;
  let round = 0;
  try {
    const rows = await measureInterleaved(
      [
        {
          name: "imagegate check, nothing known",
          each,
          prepare: () => writeFileSync(path, text),
          work: () => imagegate("check", newStore()),
        },
        {
          name: "one manifest changed, which is found",
          each,
          prepare: () => writeFileSync(path, vary(text, round++)),
          work: () => imagegate("check", known, 1),
        },
        { name: "a family of one manifest, known", work: () => single.imagegate("check", single.known) },
      ],
      runs,
    );
    const [whole, one, start] = rows.map(({ medianMs }) => medianMs);
    printTable(`One of ${each} changed, medians of ${runs} interleaved runs`, rows, rows[0].name);
    printGoal("one manifest changed against the whole", one / whole, { atMost: 0.3 });
    printGoal("the same without what any check takes", (one - start) / (whole - start), { atMost: 0.3 });
  } finally {
    repository.remove();
    single.remove();
  }
}

function vary(text, round) {
  const manifest = JSON.parse(text);
  const options = { hostname: `bench-${round}` };
  manifest.pipelines.at(-1).stages.push({ type: "org.osbuild.hostname", options });
  return JSON.stringify(manifest);
}
