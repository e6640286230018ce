import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createJiti } from "jiti";

const DIGEST = /[0-9a-f]{64}/g;

/** Texts of manifests to make others of: those of a folder, or what our own definitions give now. */
export async function loadShapes(folder) {
  if (folder !== undefined) {
    return listJson(folder).map((path) => ({
      name: basename(path, ".json"),
      text: readFileSync(path, "utf8"),
    }));
  }
  const jiti = createJiti(import.meta.url);
  const families = await Promise.all(
    ["fedora", "centos"].map((family) =>
      jiti.import(`../../manifests/${family}/images.ts`, { default: true }),
    ),
  );
  return families.flat().map(({ name, manifest }) => ({
    name,
    text: JSON.stringify(typeof manifest === "function" ? manifest() : manifest),
  }));
}

/** The paths of all manifests below a folder, sorted. */
export function listJson(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/**
 * Writes `count` manifests of the given shapes. Each round through the shapes has digests of its own, as another
 * snapshot of the repositories would, and each manifest a stage of its own, which names it and `tag`.
 */
export function writeSynthesis(folder, { shapes, count, tag = "" }) {
  mkdirSync(folder, { recursive: true });
  const width = String(count).length;
  let sizeBytes = 0;
  for (let index = 0; index < count; index++) {
    const shape = shapes[index % shapes.length];
    const round = Math.floor(index / shapes.length);
    const name = `${String(index).padStart(width, "0")}-${shape.name}`;
    const text = varyShape(shape.text, { round, hostname: `${name}${tag}` });
    writeFileSync(join(folder, `${name}.json`), text);
    sizeBytes += Buffer.byteLength(text);
  }
  return sizeBytes;
}

function varyShape(text, { round, hostname }) {
  const varied = round === 0 ? text : text.replace(DIGEST, (digest) => derive(digest, round));
  const manifest = JSON.parse(varied);
  manifest.pipelines.at(-1).stages.push({ type: "org.osbuild.hostname", options: { hostname } });
  return JSON.stringify(manifest);
}

const derived = new Map();

// The same package has the same digest in all manifests of a round.
function derive(digest, round) {
  const key = `${round} ${digest}`;
  const known = derived.get(key) ?? createHash("sha256").update(key).digest("hex");
  if (derived.size > 100_000) derived.clear();
  derived.set(key, known);
  return known;
}
