import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fingerprintDocument, readJson } from "@imagegate/core";
import { openStore } from "@imagegate/host";
import { createJiti } from "jiti";
import { everyNth } from "./corpus.mjs";
import { required } from "./document.mjs";
import { measureInterleaved, printGoal, printNotMeasured, printTable } from "./measure.mjs";
import { isOnPath } from "./path.mjs";

// The engine keeps them to itself.
const engine = createJiti(new URL("../../packages/engine/src/", import.meta.url).href);
const { inspectKey } = await engine.import("./inspect/cache.ts");
const { Inspector } = await engine.import("./inspect/inspector.ts");

const MISSES = 5;
const SETTINGS = { args: [], extraKey: "", crossCheck: false, timeoutMs: 120_000 };

/** Known answers of osbuild from the disk, all of them, by an inspector that has nothing in memory. */
export async function benchInspectCache({ paths, runs }) {
  const folder = mkdtempSync(join(tmpdir(), "imagegate-bench-"));
  try {
    await measureHits(paths, folder, runs);
    await measureMisses(everyNth(paths, MISSES), folder, runs);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureHits(paths, folder, runs) {
  const config = { ...SETTINGS, executable: writeFakeOsbuild(folder) };
  const root = join(folder, "hits");
  const { cache } = new Inspector(openStore({ root }), 1);
  const manifests = [];
  for (const path of paths) {
    const fingerprint = fingerprintOf(readFileSync(path), "osbuild-ids");
    const key = inspectKey({ manifest: fingerprint.manifest, version: "osbuild 0", config });
    await cache.set(key, fingerprint.pipelines);
    // Bytes that no osbuild would take: they are never looked at.
    manifests.push({ bytes: new Uint8Array(), fingerprint });
  }
  const each = manifests.length;
  const rows = await measureInterleaved(
    [{ name: "every answer from the disk", each, work: () => ask(manifests, root, config) }],
    runs,
  );
  printTable(`Inspect cache, ${each} hits, medians of ${runs} runs`, rows);
  const [{ medianMs }] = rows;
  printGoal("a hit", medianMs / each, { atMost: 0.5, unit: " ms" });
  printGoal("all hits", medianMs / 1000, { atMost: 1, unit: " s" });
}

async function measureMisses(paths, folder, runs) {
  if (!isOnPath("osbuild")) return printNotMeasured("a miss of the inspect cache", "osbuild is not on PATH");
  const config = { ...SETTINGS, executable: "osbuild" };
  const manifests = paths.map((path) => {
    const bytes = readFileSync(path);
    return { bytes, fingerprint: fingerprintOf(bytes, "osbuild") };
  });
  const each = manifests.length;
  const newRoot = () => mkdtempSync(join(folder, "misses-"));
  const rows = await measureInterleaved(
    [{ name: "osbuild --inspect", each, work: () => ask(manifests, newRoot(), config) }],
    Math.min(runs, 3),
  );
  printTable(`Inspect cache, ${each} misses`, rows);
}

async function ask(manifests, root, config) {
  const inspector = new Inspector(openStore({ root }), 1);
  for (const manifest of manifests) {
    required(await inspector.inspect(manifest, config, AbortSignal.timeout(600_000)));
  }
}

function fingerprintOf(bytes, mode) {
  return required(fingerprintDocument(required(readJson(bytes)), mode)).fingerprint;
}

/** Tells its version and refuses everything else: a miss would be an error. */
function writeFakeOsbuild(folder) {
  const path = join(folder, "osbuild");
  writeFileSync(path, '#!/bin/sh\n[ "$1" = --version ] && echo "osbuild 0"\n');
  chmodSync(path, 0o755);
  return path;
}
