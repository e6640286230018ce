// Writes what packages are run by: their sources as few files, since loading hundreds took longer than most commands.
// Each package is bundled for itself and imports the others by their names, so that each stays in memory once.
import { copyFileSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const PACKAGES = process.argv[2] ?? fileURLToPath(new URL("../packages", import.meta.url));
/** What names the files by which a package is entered from outside. */
const NAMED_IN = ["package.json", "executors.json", "generators.json", "bin"];
/** A hundred files that are bundled too: each took longer to find than to run. */
const INLINED = ["zod"];
/** What a package enters by itself: threads. */
const OWN_ENTRIES = { engine: ["pool/worker"] };

await Promise.all(readdirSync(PACKAGES).map(bundlePackage));

async function bundlePackage(name) {
  const folder = join(PACKAGES, name);
  const entries = [...entriesOf(folder), ...(OWN_ENTRIES[name] ?? [])];
  const bundle = await rolldown({
    input: Object.fromEntries(entries.map((entry) => [entry, join(folder, "src", `${entry}.ts`)])),
    platform: "node",
    external: (id) => !id.startsWith(".") && !isAbsolute(id) && !INLINED.includes(id),
  });
  const dist = join(folder, "dist");
  const { output } = await bundle.write({
    dir: dist,
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "chunks/[name]-[hash].js",
  });
  removeOtherScripts(dist, new Set(output.map(({ fileName }) => fileName)));
  const modules = output.flatMap((chunk) => chunk.moduleIds ?? []);
  for (const inlined of INLINED) {
    if (modules.some((id) => id.includes(`/node_modules/${inlined}/`))) copyLicense(inlined, dist);
  }
}

/** Whoever hands on a copy of a package hands on its license. */
function copyLicense(name, dist) {
  const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  copyFileSync(join(folder, "LICENSE"), join(dist, `LICENSE.${name}`));
}

function entriesOf(folder) {
  const texts = NAMED_IN.flatMap((name) => textsIn(join(folder, name)));
  return new Set(
    texts.flatMap((text) => Array.from(text.matchAll(/\bdist\/([\w/-]+)\.js\b/g), ([, entry]) => entry)),
  );
}

function textsIn(path) {
  try {
    return [readFileSync(path, "utf8")];
  } catch (error) {
    if (error.code === "ENOENT") return [];
    if (error.code === "EISDIR") return readdirSync(path).flatMap((name) => textsIn(join(path, name)));
    throw error;
  }
}

/** What an earlier build wrote, and this one has not; another one at the same time removes the same. */
function removeOtherScripts(folder, written) {
  for (const name of readdirSync(folder, { recursive: true })) {
    if (name.endsWith(".js") && !written.has(name)) rmSync(join(folder, name), { force: true });
  }
}
