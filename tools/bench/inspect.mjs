import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fingerprintDocument, readJson } from "@imagegate/core";
import { openStore } from "@imagegate/host";
import { Inspector } from "../../packages/engine/dist/inspect/inspector.js";
import { isOnPath } from "./path.mjs";
import { measureInterleaved, printTable } from "./measure.mjs";

const SAMPLE = 5;
const CONFIG = { executable: "osbuild", args: [], extraKey: "", crossCheck: false, timeoutMs: 120_000 };

/** A known answer of osbuild from the disk, against asking osbuild. */
export async function benchInspectCache(paths, runs) {
  if (!isOnPath("osbuild"))
    return console.log("\nNot measured: the inspect cache, since osbuild is not on PATH");
  const root = mkdtempSync(join(tmpdir(), "imagegate-bench-"));
  const manifests = paths.slice(0, SAMPLE).map((path) => {
    const bytes = readFileSync(path);
    return { bytes, fingerprint: fingerprintDocument(readJson(bytes).value, "osbuild").value.fingerprint };
  });
  const ask = async (storeRoot) => {
    // A new inspector has nothing in memory, as a new process has not.
    const inspector = new Inspector(openStore({ root: storeRoot }), 1);
    for (const manifest of manifests) {
      const answer = await inspector.inspect(manifest, CONFIG, AbortSignal.timeout(600_000));
      if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
    }
  };
  const cold = join(root, "cold");
  const subjects = [
    { name: "osbuild's version, then every answer from the disk", work: () => ask(join(root, "warm")) },
    {
      name: "osbuild's version, then osbuild --inspect",
      prepare: () => rmSync(cold, { recursive: true, force: true }),
      work: () => ask(cold),
    },
  ];
  try {
    const rows = await measureInterleaved(subjects, Math.min(runs, 3));
    printTable(`Inspect cache, ${manifests.length} manifests`, rows, subjects[0].name);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
