// npm run build && node tools/kill-generate.mjs [--kills N] [--seed N] [--corpus DIR] [--corpus-kills N]
// Kills `imagegate generate` with SIGKILL at random moments, among 100 manifests and, with --corpus, among all of DIR,
// which is left as it is. After each kill every record is the old or the new one, byte for byte, nothing in the cache
// is damaged, and the next run over that same cache completes the records. Ends with 1 at the first that is not so.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadShapes, writeSynthesis } from "./bench/synthesis.mjs";
import { killOften } from "./kills/campaign.mjs";
import { createRandom } from "./kills/random.mjs";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "500" },
    seed: { type: "string", default: "1" },
    corpus: { type: "string" },
    "corpus-kills": { type: "string", default: "20" },
  },
});
const MANIFESTS = 100;

const random = createRandom(Number(values.seed));
const folder = mkdtempSync(join(tmpdir(), "imagegate-kills-"));
console.log(`seed ${values.seed}`);
try {
  const shapes = (await loadShapes()).slice(0, 5).map(shrink);
  const [from, to] = writeVersions(join(folder, "small"), { shapes, count: MANIFESTS });
  const kills = Number(values.kills);
  await report(`${MANIFESTS} manifests`, { from, to, kills, random, folder: join(folder, "small-run") });
  if (values.corpus !== undefined) {
    const all = await loadShapes(values.corpus);
    const [from, to] = writeVersions(join(folder, "corpus"), { shapes: all, count: all.length });
    const kills = Number(values["corpus-kills"]);
    await report(`${all.length} manifests of ${values.corpus}`, {
      ...{ from, to, kills, random },
      folder: join(folder, "corpus-run"),
    });
  }
} catch (error) {
  console.error(`NOT HELD: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A manifest of few stages: most of a run is then what it does to records, and not the reading of manifests. */
function shrink({ name, text }) {
  const { pipelines, ...manifest } = JSON.parse(text);
  const fewer = pipelines.map((pipeline) => ({ ...pipeline, stages: pipeline.stages.slice(-2) }));
  return { name, text: JSON.stringify({ ...manifest, pipelines: fewer }) };
}

/** Two generations of the same shapes: all contents differ, and a tenth of the names stands in one of them only. */
function writeVersions(folder, { shapes, count }) {
  return [0, 1].map((version) => {
    const path = join(folder, String(version));
    writeSynthesis(path, { shapes, count, tag: `-v${version}` });
    dropTenth(path, version);
    return path;
  });
}

function dropTenth(path, version) {
  for (const [index, file] of readdirSync(path).sort().entries()) {
    if (index % 20 === version) rmSync(join(path, file));
  }
}

async function report(title, campaign) {
  mkdirSync(campaign.folder, { recursive: true });
  const startedAt = performance.now();
  const { kills, ...seen } = await killOften(campaign);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  console.log(`${title}: ${kills} kills in ${seconds} s, none lost or half-written a record`);
  for (const [what, count] of Object.entries(seen)) console.log(`  ${String(count).padStart(6)}  ${what}`);
}
