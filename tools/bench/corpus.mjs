import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listJson, loadShapes, writeSynthesis } from "./synthesis.mjs";

/** As many as osbuild/image-builder has. */
const SYNTHESISED = 1833;

/** The manifests to measure with: those of `folder`, or as many as a real repository has, made from our own definitions. */
export async function openCorpus(folder) {
  const made = folder === undefined ? mkdtempSync(join(tmpdir(), "imagegate-corpus-")) : undefined;
  if (made !== undefined) writeSynthesis(made, { shapes: await loadShapes(), count: SYNTHESISED });
  const paths = listJson(folder ?? made);
  if (paths.length === 0) throw new Error(`no manifests in ${folder}`);
  const sizeBytes = paths.reduce((total, path) => total + statSync(path).size, 0);
  const origin = folder ?? "made from our own definitions, for want of --corpus DIR";
  console.log(`${paths.length} manifests, ${(sizeBytes / 1e6).toFixed(1)} MB: ${origin}`);
  return {
    paths,
    remove: () => {
      if (made !== undefined) rmSync(made, { recursive: true, force: true });
    },
  };
}

/** About `count` of the paths, spread over all of them. */
export function everyNth(paths, count) {
  const step = Math.max(1, Math.floor(paths.length / count));
  return paths.filter((_, index) => index % step === 0).slice(0, count);
}
