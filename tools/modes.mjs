// npm run modes -- --corpus DIR [--data DIR]
// The digests and ids of a real repository in every mode: one thread, two, bytes that are known, shards, Nx, and a replay
// from a remote cache. DIR holds the manifests, the data folder what that repository committed (upstream-digests.txt)
// and what osbuild computed (pipeline-ids.txt): they become the records of two families. A mode holds when every record
// is the same, and when one wrong digit in each family is found. Prints counts; ends with 1 when something did not hold.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { listJson } from "./bench/synthesis.mjs";
import { openCacheServer } from "./faulty-cache-server.mjs";
import {
  falsifyRecords,
  readExpected,
  removeRecords,
  writeFamilies,
  writeRecords,
} from "./modes/families.mjs";
import { countFacts, countTasks, countVerdicts } from "./modes/verdicts.mjs";
import { openMachine } from "./workspace/machine.mjs";

const SHARDS = 3;
const DATA = fileURLToPath(new URL("../../shared/data/image-builder", import.meta.url));

const { values } = parseArgs({
  options: { corpus: { type: "string" }, data: { type: "string", default: DATA } },
});
if (values.corpus === undefined) throw new Error("--corpus DIR: the folder of the manifests is missing");

const paths = listJson(values.corpus);
const expected = readExpected(values.data, paths);
const wanted = { digests: countFacts(expected.digests), ids: countFacts(expected.ids) };
console.log(`${paths.length} manifests, ${wanted.digests} digests, ${wanted.ids} ids`);
const folder = mkdtempSync(join(tmpdir(), "imagegate-modes-"));
const problems = [];
try {
  const a = openMachineWithFamilies("a");
  for (const mode of modesOf(a)) await prove(a, mode);
  await proveReplay(a, openMachineWithFamilies("b"));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const problem of problems) console.error(`NOT HELD: ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;

function openMachineWithFamilies(name) {
  const machine = openMachine(join(folder, name), { families: false });
  writeFamilies(machine.root, paths);
  return machine;
}

/** Each mode: its name, what it starts with, and a run that gives the worst exit code and the counts. */
function modesOf(machine) {
  const check = async (...args) => judgeVerdicts([await machine.imagegate(["check", "--json", ...args])]);
  const shards = Array.from({ length: SHARDS }, (_, index) => `${index + 1}/${SHARDS}`);
  return [
    { name: "one thread", prepare: machine.newCaches, run: () => check("--concurrency", "1") },
    { name: "two threads", prepare: machine.newCaches, run: () => check("--concurrency", "2") },
    { name: "two threads, bytes known", prepare: () => {}, run: () => check("--concurrency", "2") },
    {
      name: `${SHARDS} shards, united`,
      prepare: machine.newCaches,
      run: async () => {
        const results = [];
        for (const shard of shards)
          results.push(await machine.imagegate(["check", "--json", "--shard", shard]));
        return judgeVerdicts(results);
      },
    },
    { name: "Nx", prepare: machine.newCaches, run: () => checkByNx(machine) },
    { name: "Nx, all cached", prepare: () => {}, run: () => checkByNx(machine) },
  ];
}

function judgeVerdicts(results) {
  const exitCode = Math.max(...results.map((result) => result.exitCode));
  return {
    exitCode,
    counts: countVerdicts(
      results.map(({ output }) => output),
      expected,
    ),
  };
}

async function checkByNx(machine, env) {
  const { exitCode, output } = await machine.nx(
    ["run-many", "-t", "check", "--output-style=static", "--verbose"],
    env,
  );
  return { exitCode, counts: countTasks(output, expected) };
}

/** Right records are the same to the last one; then a wrong one in each family is found, and no other. */
async function prove(machine, { name, prepare, run }) {
  writeRecords(machine.root, expected);
  prepare();
  const right = await run();
  falsifyRecords(machine.root, expected);
  const wrong = await run();
  writeRecords(machine.root, expected);
  report(name, right, wrong);
}

function report(name, right, wrong) {
  const { digests, ids, differing } = right.counts;
  console.log(
    `${name.padEnd(26)} exit ${right.exitCode}, ${digests} digests and ${ids} ids the same; ` +
      `2 falsified: exit ${wrong.exitCode}, ${wrong.counts.differing} found`,
  );
  if (right.exitCode !== 0 || digests !== wanted.digests || ids !== wanted.ids || differing !== 0)
    problems.push(`${name}: right records are not all the same`);
  if (wrong.exitCode !== 1 || wrong.counts.differing !== 2)
    problems.push(`${name}: the falsified records are not what is found`);
}

/** A records from nothing and fills the server; B, which has no record, gets them from there. */
async function proveReplay(a, b) {
  writeRecords(a.root, expected);
  const right = a.digestOf("checksums");
  const server = await openCacheServer("ok", { entries: new Map() });
  const env = { NX_SELF_HOSTED_REMOTE_CACHE_SERVER: server.url };
  try {
    for (const [name, machine] of [
      ["Nx, recorded from nothing", a],
      ["remote replay", b],
    ]) {
      removeRecords(machine.root);
      machine.newCaches();
      const hits = server.seen.hits;
      const generated = await machine.nx(["run-many", "-t", "generate"], env);
      const isSame = generated.exitCode === 0 && machine.digestOf("checksums") === right;
      const checked = await checkByNx(machine, env);
      const replayed = server.seen.hits - hits;
      falsifyRecords(machine.root, expected);
      report(name, checked, await checkByNx(machine, env));
      console.log(
        `${"".padEnd(26)} records ${isSame ? "identical" : "DIFFERENT"}, ${replayed} tasks from the server`,
      );
      if (!isSame) problems.push(`${name}: the records are not those expected:\n${generated.output}`);
      // generate and check of both families, and the check of the record folder.
      if (replayed !== (machine === b ? 5 : 0)) problems.push(`${name}: ${replayed} tasks from the server`);
    }
  } finally {
    await server.close();
  }
}
