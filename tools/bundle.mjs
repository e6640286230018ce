// Writes what packages are run by: their sources as few files, since loading hundreds took longer than most commands.
// Each package is bundled for itself and imports the others by their names, so that each stays in memory once. A thread
// is one file with all that it is made of: many are started, and none of them meets the packages themselves.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const PACKAGES = process.argv[2] ?? fileURLToPath(new URL("../packages", import.meta.url));
/** What names the files by which a package is entered from outside. */
const NAMED_IN = ["package.json", "executors.json", "generators.json", "bin"];
/** What most commands load is bundled too, with all that it imports: each file took longer to find than to run. */
const INLINED = [
  "cac",
  "env-paths",
  "execa",
  "fast-json-stable-stringify",
  "get-east-asian-width",
  "lru-cache",
  "p-limit",
  "picocolors",
  "tinyglobby",
  "zod",
];
/** What packages start threads with. */
const THREADS = { engine: ["pool/worker"] };

await Promise.all(readdirSync(PACKAGES).map(bundlePackage));

async function bundlePackage(name) {
  const folder = join(PACKAGES, name);
  const dist = join(folder, "dist");
  const own = {
    platform: "node",
    external: (id, importer) => isPackage(id) && !isInlined(id) && !isInstalled(importer),
  };
  const whole = {
    ...own,
    external: (id, importer) => own.external(id, importer) && sourceOf(id) === undefined,
    plugins: [{ name: "sources", resolveId: (id) => sourceOf(id) }],
  };
  const bundles = [await bundle(folder, entriesOf(folder), { chunks: "chunks", ...own })];
  for (const thread of THREADS[name] ?? []) {
    // By its folder it is told from other code.
    bundles.push(await bundle(folder, [thread], { chunks: dirname(thread), ...whole }));
  }
  const output = bundles.flat();
  refuseUndeclared(folder, output);
  removeOtherScripts(dist, new Set(output.map(({ fileName }) => fileName)));
  for (const [inlined, source] of installedPackages(output)) copyLicense(inlined, source, dist);
}

/** What is inlined brings imports of its own along, which a hoisted install would hide until somebody has another one. */
function refuseUndeclared(folder, output) {
  const { name, dependencies, peerDependencies } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const declared = { ...dependencies, ...peerDependencies };
  const written = new Set(output.map(({ fileName }) => fileName));
  for (const { fileName, imports = [], dynamicImports = [] } of output) {
    for (const id of [...imports, ...dynamicImports]) {
      if (written.has(id) || isBuiltin(id)) continue;
      const [imported] = /^(?:@[^/]+\/)?[^/]+/.exec(id);
      if (imported in declared) continue;
      throw new Error(
        `${name}: ${fileName} imports ${imported}, expected to be among the dependencies in ${folder}/package.json, found in none`,
      );
    }
  }
}

function isPackage(id) {
  return !id.startsWith(".") && !isAbsolute(id);
}

function isInlined(id) {
  return INLINED.some((name) => id === name || id.startsWith(`${name}/`));
}

function isInstalled(path) {
  return path?.includes("/node_modules/") === true;
}

async function bundle(folder, entries, { chunks, ...options }) {
  const bundled = await rolldown({
    input: Object.fromEntries(Array.from(entries, (entry) => [entry, join(folder, "src", `${entry}.ts`)])),
    ...options,
  });
  const { output } = await bundled.write({
    dir: join(folder, "dist"),
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: `${chunks}/[name]-[hash].js`,
  });
  return output;
}

/** The source of `@imagegate/NAME` or `@imagegate/NAME/ENTRY`, where that is a package of ours. */
function sourceOf(id) {
  const [, name, entry = "index"] = /^@imagegate\/([\w-]+)(?:\/([\w-]+))?$/.exec(id) ?? [];
  return name === undefined ? undefined : join(PACKAGES, name, "src", `${entry}.ts`);
}

/** The packages of which there is a copy in what was written, and their folders. */
function installedPackages(output) {
  const modules = output.flatMap(({ moduleIds = [] }) => moduleIds);
  const found = modules.map((id) => /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)(?=\/)/.exec(id));
  return new Map(found.filter((match) => match !== null).map(([folder, name]) => [name, folder]));
}

/** Whoever hands on a copy of a package hands on its license. */
function copyLicense(name, folder, dist) {
  const license = readdirSync(folder).find((file) => /^licen[cs]e(\.\w+)?$/i.test(file));
  if (license === undefined) throw new Error(`${folder} has no license, expected a file LICENSE`);
  const licenses = join(dist, "licenses");
  mkdirSync(licenses, { recursive: true });
  copyFileSync(join(folder, license), join(licenses, name.replace("/", "+")));
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
