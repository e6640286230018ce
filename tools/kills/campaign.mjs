import { spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync, symlinkSync, watch, writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generate, loadProject } from "../../packages/engine/dist/index.js";
import { openSession } from "../../packages/engine/dist/session.js";
import { storeInfo, verifyStore } from "../../packages/host/dist/index.js";

const BIN = fileURLToPath(new URL("../../packages/cli/bin/imagegate.cjs", import.meta.url));
/** How far into the renames a kill comes that waits for the first of them, at most. */
const COMMIT_MS = 12;

/**
 * Kills runs that replace the records of one folder of manifests by those of another, back and forth; two of three at
 * any moment of a run, one once the first record changed. Throws for what must not be; counts what was.
 */
export async function killOften({ from, to, kills, random, folder }) {
  const workspace = await openWorkspace(folder);
  const versions = [];
  for (const manifests of [from, to]) {
    workspace.show(manifests);
    await workspace.complete();
    versions.push({ manifests, records: workspace.records() });
  }
  const seen = { kills, "before any record": 0, "among the records": 0, "after all records": 0 };
  const ends = { "had ended before": 0, "unfinished writes in the cache": 0 };
  let typicalMs = await workspace.time(versions[0].manifests);
  for (let kill = 0; kill < kills; kill++) {
    const [old, next] = kill % 2 === 0 ? versions : versions.toReversed();
    workspace.show(next.manifests);
    rmSync(workspace.store, { recursive: true, force: true });
    const moment =
      random() < 2 / 3
        ? { afterMs: random() * typicalMs }
        : { afterRecordMs: random() * COMMIT_MS, afterMs: typicalMs * 20 };
    const ran = await workspace.kill(moment);
    if (!ran.killed) {
      ends["had ended before"] += 1;
      if (moment.afterRecordMs === undefined) typicalMs = typicalMs * 0.9 + ran.ms * 0.1;
    }
    const found = workspace.records();
    seen[judge(found, { old: old.records, next: next.records })] += 1;
    ends["unfinished writes in the cache"] += await inspectStore(workspace.store);
    await workspace.complete();
    requireSame(workspace.records(), next.records);
  }
  await workspace.close();
  return { ...seen, ...ends };
}

async function openWorkspace(root) {
  const family = join(root, "family");
  const records = join(root, "checksums", "family");
  const store = join(root, "store");
  mkdirSync(family, { recursive: true });
  writeFileSync(join(root, "nx.json"), "{}");
  const config = { generator: { kind: "files", include: ["shown/*.json"] } };
  writeFileSync(join(family, "imagegate.json"), JSON.stringify(config));
  const project = orThrow(await loadProject(root, "family/imagegate.json"));
  const session = openSession({ storeRoot: store });
  const start = () => startGenerate(root, store);
  return {
    store,
    show: (manifests) => {
      rmSync(join(family, "shown"), { force: true });
      symlinkSync(manifests, join(family, "shown"));
    },
    records: () => readAll(records),
    complete: async () => orThrow(await generate(project, session)),
    time: async (manifests) => {
      rmSync(join(family, "shown"), { force: true });
      symlinkSync(manifests, join(family, "shown"));
      const startedAt = performance.now();
      await start().ended;
      return performance.now() - startedAt;
    },
    kill: (moment) => killAt(start(), { records, ...moment }),
    close: () => session.close(),
  };
}

function startGenerate(root, store) {
  const child = spawn(process.execPath, [BIN, "generate", "--root", root], {
    cwd: root,
    env: { ...process.env, IMAGEGATE_CACHE_DIR: store },
    stdio: "ignore",
  });
  const ended = new Promise((resolve) => child.on("close", (_code, signal) => resolve(signal)));
  return { child, ended };
}

async function killAt({ child, ended }, { records, afterMs, afterRecordMs }) {
  const startedAt = performance.now();
  let fired = false;
  const strike = () => child.kill("SIGKILL");
  const timer = setTimeout(strike, afterMs);
  const watcher = watch(records, () => {
    if (fired || afterRecordMs === undefined) return;
    fired = true;
    const until = performance.now() + afterRecordMs;
    // Timers are too coarse for renames that take microseconds.
    while (performance.now() < until);
    strike();
  });
  const signal = await ended;
  clearTimeout(timer);
  watcher.close();
  return { killed: signal === "SIGKILL", ms: performance.now() - startedAt };
}

function readAll(folder) {
  const names = readdirSync(folder).sort();
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/** Where the kill struck, by the records that stand; throws when one of them is neither the old nor the new one. */
function judge(found, { old, next }) {
  let [olds, news] = [0, 0];
  for (const name of new Set([...found.keys(), ...old.keys(), ...next.keys()])) {
    const text = found.get(name);
    if (text !== old.get(name) && text !== next.get(name)) {
      const state = text === undefined ? "is lost" : `is neither old nor new: ${JSON.stringify(text)}`;
      throw new Error(`after a kill, the record ${name} ${state}`);
    }
    if (text === old.get(name)) olds += 1;
    else news += 1;
  }
  if (news === 0) return "before any record";
  return olds === 0 ? "after all records" : "among the records";
}

/** Throws for an entry that does not verify; counts what interrupted writes left, which no read looks at. */
async function inspectStore(root) {
  const { corrupt } = orThrow(await verifyStore(root));
  if (corrupt.length > 0) throw new Error(`after a kill, the cache entry ${corrupt[0].path} is damaged`);
  return orThrow(await storeInfo(root)).temporaries;
}

function requireSame(found, wanted) {
  if (JSON.stringify([...found]) !== JSON.stringify([...wanted])) {
    throw new Error("the run after a kill did not complete the records");
  }
}

function orThrow(result) {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}
