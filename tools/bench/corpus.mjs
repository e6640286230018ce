import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** The manifests to measure with: those of `folder`, or our own, which are far fewer and smaller. */
export function findCorpus(folder) {
  const own = new URL("../../dist/manifests", import.meta.url).pathname;
  const paths = listJson(folder ?? own);
  if (paths.length === 0) {
    const fix = folder === undefined ? "run: npx nx run-many -t generate" : `unpack manifests into ${folder}`;
    throw new Error(`no manifests in ${folder ?? own}; ${fix}`);
  }
  const sizeBytes = paths.reduce((total, path) => total + statSync(path).size, 0);
  const origin = folder === undefined ? "our own manifests, for want of --corpus DIR" : folder;
  console.log(`${paths.length} manifests, ${(sizeBytes / 1e6).toFixed(1)} MB: ${origin}`);
  return paths;
}

/** The paths of all manifests below a folder, sorted. */
export function listJson(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
