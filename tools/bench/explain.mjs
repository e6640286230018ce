import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Worker } from "node:worker_threads";
import { defaultProfile, explainChanges } from "@imagegate/core/explain";
import { measureInterleaved, printTable } from "./measure.mjs";

const THREADS = 2;

/** Manifests before and after a change, from the files to the causes: read, compared, parsed, explained. */
export async function benchExplain({ paths, runs }) {
  const root = mkdtempSync(join(tmpdir(), "imagegate-bench-"));
  const workers = Array.from(
    { length: THREADS },
    () => new Worker(new URL("./explain-worker.mjs", import.meta.url)),
  );
  try {
    const share = Math.max(1, Math.floor(paths.length / 20));
    const sets = [
      ["none", 0],
      ["5 %", share],
      ["all", paths.length],
    ].map(([name, count]) => ({
      name,
      count,
      pairs: changeManifests(paths, count, join(root, String(count))),
    }));
    const subjects = sets.map(({ name, count, pairs }) => ({
      name: `${name} changed (${count} of ${paths.length}), ${THREADS} threads`,
      work: async () => {
        const { changed, causes } = await explainPairs(pairs, workers);
        if (changed !== count || (count > 0 && causes.length === 0))
          throw new Error(`${changed} of ${count} explained`);
      },
    }));
    printTable("Explain", await measureInterleaved(subjects, Math.min(runs, 3)), subjects[0].name);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
    rmSync(root, { recursive: true, force: true });
  }
}

/** Writes the first so many manifests anew: a package less, other identifiers, another kernel option. */
function changeManifests(paths, count, folder) {
  mkdirSync(folder);
  return paths.map((before, index) => {
    if (index >= count) return { name: basename(before, ".json"), before, after: before };
    const after = join(folder, basename(before));
    const text = readFileSync(before, "utf8").replace(
      /"uuid": ?"[0-9a-f]/g,
      (start) => `${start.slice(0, -1)}7`,
    );
    writeFileSync(after, JSON.stringify(changeManifest(JSON.parse(text)), null, 2));
    return { name: basename(before, ".json"), before, after };
  });
}

function changeManifest(manifest) {
  for (const { stages = [] } of manifest.pipelines) {
    for (const stage of stages) {
      if (stage.type === "org.osbuild.rpm") stage.inputs.packages.references.pop();
      if (stage.type === "org.osbuild.kernel-cmdline")
        stage.options.kernel_opts = `${stage.options.kernel_opts} quiet`;
    }
  }
  // Never equal, whatever the manifest holds.
  manifest.metadata = { ...manifest.metadata, bench: "changed" };
  return manifest;
}

async function explainPairs(pairs, workers) {
  const size = Math.ceil(pairs.length / workers.length);
  const answers = await Promise.all(
    workers.map((worker, index) => ask(worker, pairs.slice(index * size, (index + 1) * size))),
  );
  const names = pairs.map(({ name }) => name);
  return explainChanges({
    before: names,
    after: names,
    changes: answers.flat(),
    renames: [],
    digests: new Map(),
    unexplained: [],
    profile: defaultProfile,
  });
}

function ask(worker, pairs) {
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.removeAllListeners("error").once("error", reject);
    worker.postMessage(pairs, []);
  });
}
