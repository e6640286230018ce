import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { createJiti } from "jiti";
import { fingerprint, floor } from "./document.mjs";
import { measureInterleaved, printGoal, printTable } from "./measure.mjs";

const THREADS = 2;

// The engine keeps them to itself.
const engine = createJiti(new URL("../../packages/engine/src/", import.meta.url).href);
const { batchManifests } = await engine.import("./pool/batches.ts");
const { openPool } = await engine.import("./pool/pool.ts");

/**
 * Two threads against one, and against the floor on one: plain threads that take paths from a counter, which is what
 * fingerprints alone cost, and the engine's own pool with an empty store, which is what a check does in its threads.
 */
export async function benchWorkers({ paths, runs }) {
  // Threads of their own for each kind of work: one that has parsed with JSON.parse has another heap to look after.
  const floors = openThreads(paths, { count: THREADS, work: "floor" });
  const fingerprints = openThreads(paths, { count: THREADS, work: "fingerprint" });
  const stores = mkdtempSync(join(tmpdir(), "imagegate-bench-"));
  const pools = [1, THREADS].map((concurrency) => ({ concurrency, pool: openPool(concurrency) }));
  const each = paths.length;
  try {
    const rows = await measureInterleaved(
      [
        { name: "floor, one thread", each, work: () => paths.forEach(floor) },
        { name: `floor, ${THREADS} threads`, each, work: () => floors.run() },
        { name: "fingerprint, one thread", each, work: () => paths.forEach(fingerprint) },
        { name: `fingerprint, ${THREADS} threads`, each, work: () => fingerprints.run() },
        ...pools.map(({ concurrency, pool }) => ({
          name: `the engine's pool, empty store, ${concurrency} thread${concurrency === 1 ? "" : "s"}`,
          each,
          work: () => runPool(pool, paths, mkdtempSync(join(stores, "store-"))),
        })),
      ],
      runs,
    );
    const [floor1, floor2, one, two, pool1, pool2] = rows.map(({ medianMs }) => medianMs);
    printTable(`Threads, medians of ${runs} interleaved runs`, rows, "floor, one thread");
    printGoal("fingerprint on 2 threads against the floor on one", two / floor1, { atMost: 1.5 });
    printGoal("fingerprint, 2 threads against one", one / two, { atLeast: 1.7 });
    printGoal("the engine's pool with its store, 2 threads against one", pool1 / pool2, { atLeast: 1.7 });
    console.log(
      `    (the machine itself: the floor is ${(floor1 / floor2).toFixed(2)}× faster on 2 threads)`,
    );
  } finally {
    await Promise.all([floors.close(), fingerprints.close()]);
    await Promise.all(pools.map(({ pool }) => pool.close()));
    rmSync(stores, { recursive: true, force: true });
  }
}

/** Threads that are there already, as those of a pool are. */
function openThreads(paths, { count, work }) {
  const next = new Int32Array(new SharedArrayBuffer(4));
  const url = new URL("fingerprint-thread.mjs", import.meta.url);
  const workers = Array.from({ length: count }, () => new Worker(url, { workerData: { paths, next } }));
  return {
    run: () => {
      Atomics.store(next, 0, 0);
      return Promise.all(workers.map((worker) => answerOf(worker, work)));
    },
    close: () => Promise.all(workers.map((worker) => worker.terminate())),
  };
}

function answerOf(worker, work) {
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("message", () => {
      worker.off("error", reject);
      resolve();
    });
    worker.postMessage(work);
  });
}

async function runPool(pool, paths, storeRoot) {
  const limits = { signal: new AbortController().signal, timeoutMs: 600_000 };
  const offered = paths.map((path) => ({ name: "any", source: { kind: "file", path } }));
  const batches = [...batchManifests(offered, pool.concurrency)];
  const answers = await Promise.all(
    batches.map((batch) =>
      pool.fingerprint(
        { manifests: batch.map((one) => ({ ...one, outputPath: null })), settings: settingsFor(storeRoot) },
        limits,
      ),
    ),
  );
  const failed = answers.flatMap(({ manifests }) => manifests).find(({ ok }) => !ok);
  if (failed !== undefined) throw new Error(JSON.stringify(failed.failure));
}

function settingsFor(storeRoot) {
  return {
    known: "used",
    mode: "osbuild-ids",
    recordKind: { form: "lines" },
    maxManifestBytes: 1 << 28,
    storeRoot,
    isInspected: false,
    returnInspected: false,
  };
}
