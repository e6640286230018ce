// npm run build && node tools/scale-memory.mjs [--sizes 100,1000,10000] [--corpus DIR] [--limit MIB] [--no-huge]
// What a manifest costs in time, memory and cache as their number grows: `imagegate check` with 2 workers over
// manifests made by shape from our own definitions, or from those of DIR. One size has a 300 MB manifest among them,
// which is refused by name. Linux only: memory is that of the whole process tree, from /proc. Ends with 1 when the
// peak is above the limit, or the processor time of a manifest grows by more than 15 % from one size to the next.
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { storeInfo } from "../packages/host/dist/index.js";
import { loadShapes, writeSynthesis } from "./bench/synthesis.mjs";
import { measureProcess } from "./scale/process-tree.mjs";

const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "100,1000,10000" },
    corpus: { type: "string" },
    limit: { type: "string", default: "512" },
    "no-huge": { type: "boolean", default: false },
  },
});
const BIN = fileURLToPath(new URL("../packages/cli/bin/imagegate.cjs", import.meta.url));
const HUGE_BYTES = 300e6;
const MEBIBYTE = 2 ** 20;
const GROWTH = 1.15;

const shapes = await loadShapes(values.corpus);
const origin = values.corpus ?? "our own definitions";
console.log(`${shapes.length} shapes of ${origin}, 2 workers, limit ${values.limit} MiB`);
const HEAD = ["manifests", "MB", "cold ms", "CPU ms each", "again ms", "CPU ms each", "peak MiB", "cache MB"];
console.log(row([...HEAD, "records kB"]));
// Starting the process and its threads is paid once, whatever their number: it is no cost of a manifest.
const start = await measureStart();
console.log(`one manifest alone: ${start.wallMs.toFixed(0)} ms, ${start.cpuMs} ms of processor time`);
const problems = [];
const costs = [];
for (const count of values.sizes.split(",").map(Number)) {
  const measured = await measureSize(count);
  costs.push({ count, ms: measured.eachMs });
  if (measured.peakMib > Number(values.limit))
    problems.push(`${count} manifests took ${measured.peakMib} MiB`);
}
for (const [index, { count, ms }] of costs.entries()) {
  const before = costs[index - 1];
  if (before !== undefined && ms > before.ms * GROWTH) {
    problems.push(
      `a manifest costs ${ms.toFixed(3)} ms among ${count}, ${before.ms.toFixed(3)} among ${before.count}`,
    );
  }
}
if (!values["no-huge"]) problems.push(...(await measureHuge(100)));
for (const problem of problems) console.error(`NOT HELD: ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;

async function measureStart() {
  const { run, remove } = openWorkspace(1);
  try {
    const runs = [];
    for (const store of ["a", "b", "c"]) runs.push(await run("check", store));
    return runs.sort((left, right) => left.cpuMs - right.cpuMs)[1];
  } finally {
    remove();
  }
}

/** Records, then checks with an empty cache, then checks again. */
async function measureSize(count) {
  const { root, sizeBytes, run, remove } = openWorkspace(count);
  try {
    const recorded = await run("generate", "recording-store");
    const cold = await run("check", "store");
    const again = await run("check", "store");
    for (const { exitCode, stderr } of [recorded, cold, again]) {
      if (exitCode !== 0) throw new Error(`exit ${exitCode}: ${stderr}`);
    }
    const info = await storeInfo(join(root, "store"));
    const cacheBytes = info.ok ? info.value.kinds.reduce((sum, kind) => sum + kind.sizeBytes, 0) : 0;
    const recordBytes = sizeOf(join(root, "checksums"));
    const peak = Math.max(recorded.peakBytes, cold.peakBytes, again.peakBytes) / MEBIBYTE;
    const each = ({ cpuMs }) => (cpuMs - start.cpuMs) / count;
    const times = [cold, again].flatMap((run) => [run.wallMs.toFixed(0), each(run).toFixed(3)]);
    const sizes = [(cacheBytes / 1e6).toFixed(1), (recordBytes / 1e3).toFixed(0)];
    console.log(row([count, (sizeBytes / 1e6).toFixed(1), ...times, peak.toFixed(0), ...sizes]));
    return { eachMs: each(cold), peakMib: Math.ceil(peak) };
  } finally {
    remove();
  }
}

/** A manifest of 300 MB is refused with its name and its size, and the others are looked at all the same. */
async function measureHuge(count) {
  const { root, run, remove } = openWorkspace(count);
  try {
    await run("generate", "store");
    writeHuge(join(root, "family", "m", "huge.json"));
    const { exitCode, stderr, peakBytes } = await run("check", "store");
    const peakMib = Math.ceil(peakBytes / MEBIBYTE);
    console.log(`with one of ${HUGE_BYTES / 1e6} MB among ${count}: exit ${exitCode}, ${peakMib} MiB`);
    console.log(stderr.trimEnd().replaceAll(/^/gm, "  "));
    const isRefused = exitCode === 2 && stderr.includes("huge") && stderr.includes("too large");
    return [
      ...(isRefused ? [] : [`a manifest of ${HUGE_BYTES / 1e6} MB was not refused with exit 2`]),
      ...(peakMib <= Number(values.limit) ? [] : [`a manifest of 300 MB took ${peakMib} MiB`]),
    ];
  } finally {
    remove();
  }
}

function openWorkspace(count) {
  const root = mkdtempSync(join(tmpdir(), "imagegate-scale-"));
  const folder = join(root, "family");
  mkdirSync(folder);
  writeFileSync(join(root, "nx.json"), "{}");
  const config = { generator: { kind: "files", include: ["m/*.json"] } };
  writeFileSync(join(folder, "imagegate.json"), JSON.stringify(config));
  const sizeBytes = writeSynthesis(join(folder, "m"), { shapes, count });
  const run = (command, store) =>
    measureProcess([process.execPath, BIN, command, "--concurrency", "2"], {
      cwd: root,
      env: { ...process.env, IMAGEGATE_CACHE_DIR: join(root, store) },
    });
  return { root, sizeBytes, run, remove: () => rmSync(root, { recursive: true, force: true }) };
}

function writeHuge(path) {
  const file = openSync(path, "w");
  const chunk = "a".repeat(1e6);
  writeSync(file, '{"version":"2","pipelines":[],"text":"');
  for (let written = 0; written < HUGE_BYTES; written += chunk.length) writeSync(file, chunk);
  writeSync(file, '"}');
  closeSync(file);
}

function sizeOf(folder) {
  return readdirSync(folder, { recursive: true })
    .map((path) => statSync(join(folder, path)))
    .reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
}

function row(cells) {
  return cells.map((cell) => String(cell).padStart(13)).join("");
}
