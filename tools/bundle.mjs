// Writes what packages are run by: their sources as few files, since loading hundreds took longer than most commands.
// What others import of a package is bundled for itself and imports the others by their names, so that each stays in
// memory once. Programs are bundled with all that they are made of, as CommonJS, which Node finds and loads faster: nothing
// else is in their processes and threads.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { basename, dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const PACKAGES = process.argv[2] ?? fileURLToPath(new URL("../packages", import.meta.url));
/** The folders of our packages, by their names. */
const FOLDERS = packageFolders();
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
/** What processes, threads and batches of Nx run: CommonJS, with all that it is made of. */
const PROGRAMS = {
  cli: ["main"],
  engine: ["pool/worker"],
  nx: ["executors/check", "executors/generate"],
};
/** What programs leave where it is: these find files of their own beside them, are large, or are whoever loads them. */
const APART = ["@nx/devkit", "jiti", "nx", "undici"];
const ENGINE = createRequire(new URL("../packages/engine/package.json", import.meta.url));
const TINYPOOL = dirname(ENGINE.resolve("tinypool"));
/** fdir looks for a picomatch to match patterns by itself, and tinyglobby does that for it with one that is inlined. */
const NO_SECOND_PICOMATCH = {
  name: "no-second-picomatch",
  transform(code, id) {
    if (!id.endsWith("/fdir/dist/index.mjs")) return null;
    const without = code.replace(
      /^\s*__require\.resolve\("picomatch"\);\s*pm = __require\("picomatch"\);$/m,
      "",
    );
    if (without === code) throw new Error(`${id} no longer looks for picomatch as expected`);
    return without;
  },
};
/** Of a package with several forms programs get the modules: what others load as they run cannot be seen in them. */
const FORMS = { mainFields: ["module", "main"] };
/** How packages of ours are found by their names. */
const SOURCES = { name: "sources", resolveId: (id) => sourceOf(id) };

await Promise.all(Array.from(FOLDERS.values(), bundlePackage));

async function bundlePackage(folder) {
  const dist = join(folder, "dist");
  const programs = PROGRAMS[basename(folder)] ?? [];
  const output = [...(await bundleModules(folder)), ...(await bundlePrograms(folder, programs))];
  const written = new Set(output.map(({ fileName }) => fileName));
  refuseUndeclared(folder, output, written);
  refuseMissing(folder, output, written);
  removeOtherScripts(dist, written);
  for (const [inlined, source] of installedPackages(output)) copyLicense(inlined, source, dist);
}

/** What others import of a package. */
function bundleModules(folder) {
  const input = sources(folder, entriesOf(folder));
  return bundle(folder, { input, external: isImported }, { chunks: "chunks" });
}

/** Programs of one package, which share what they are made of. */
async function bundlePrograms(folder, programs) {
  if (programs.length === 0) return [];
  const parent = dirname(programs[0]);
  const made = await bundle(
    folder,
    {
      input: sources(folder, programs),
      external: APART,
      resolve: FORMS,
      plugins: [SOURCES],
    },
    // By its folder the code of threads is told from other code.
    { chunks: parent === "." ? "chunks" : parent, format: "cjs" },
  );
  const starters = made.filter(({ moduleIds = [] }) => moduleIds.includes(join(TINYPOOL, "index.js")));
  const threads = starters.map(({ fileName }) => bundleThreads(folder, dirname(fileName)));
  return [...made, ...(await Promise.all(threads)).flat()];
}

/** Tinypool starts threads with a file that it looks for beside the one that it is in. */
function bundleThreads(folder, parent) {
  const entry = join(parent, "entry/worker");
  const input = { [entry]: join(TINYPOOL, "entry/worker.js") };
  return bundle(folder, { input }, { chunks: dirname(entry) });
}

function sources(folder, entries) {
  return Object.fromEntries(Array.from(entries, (entry) => [entry, join(folder, "src", `${entry}.ts`)]));
}

/** What is inlined brings imports of its own along, which a hoisted install would hide until somebody has another one. */
function refuseUndeclared(folder, output, written) {
  const { name, dependencies, peerDependencies } = readPackage(folder);
  const declared = { ...dependencies, ...peerDependencies };
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

/** A script that was inlined may load others that nobody saw. */
function refuseMissing(folder, output, written) {
  for (const { fileName, code = "" } of output) {
    for (const [, id] of code.matchAll(/\brequire(?:\$\d+)?\(["'](\.[^"']*)["']\)/g)) {
      if (written.has(join(dirname(fileName), id))) continue;
      throw new Error(`${folder}: ${fileName} requires ${id}, expected to be inlined, found no such script`);
    }
  }
}

function isImported(id, importer) {
  const isPackage = !id.startsWith(".") && !isAbsolute(id);
  const isInlined = INLINED.some((name) => id === name || id.startsWith(`${name}/`));
  const isOfInlined = importer?.includes("/node_modules/") === true;
  return isPackage && !isInlined && !isOfInlined;
}

async function bundle(folder, { plugins = [], ...options }, { chunks, format = "esm" }) {
  const extension = format === "cjs" ? "cjs" : "js";
  // One package may load at once what another one loads later.
  const checks = { ineffectiveDynamicImport: false };
  const bundled = await rolldown({
    platform: "node",
    checks,
    plugins: [NO_SECOND_PICOMATCH, ...plugins],
    ...options,
  });
  const { output } = await bundled.write({
    dir: join(folder, "dist"),
    format,
    exports: "named",
    entryFileNames: `[name].${extension}`,
    chunkFileNames: `${chunks}/[name]-[hash].${extension}`,
  });
  return output;
}

/** The source of `NAME` or `NAME/ENTRY`, where that is a package of ours. */
function sourceOf(id) {
  const [, name, entry = "index"] = /^((?:@[^/]+\/)?[^/]+)(?:\/([\w-]+))?$/.exec(id) ?? [];
  const folder = FOLDERS.get(name);
  return folder === undefined ? undefined : join(folder, "src", `${entry}.ts`);
}

function packageFolders() {
  const folders = readdirSync(PACKAGES).map((name) => join(PACKAGES, name));
  return new Map(folders.map((folder) => [readPackage(folder).name, folder]));
}

function readPackage(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

/** The packages of which there is a copy in what was written, and their folders. */
function installedPackages(output) {
  const modules = output.flatMap(({ moduleIds = [] }) => moduleIds);
  const found = modules.map((id) => /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)(?=\/)/.exec(id));
  return new Map(found.filter((match) => match !== null).map(([folder, name]) => [name, folder]));
}

/** Whoever hands on a copy of a package hands on its license. */
function copyLicense(name, folder, dist) {
  const license = readdirSync(folder).find((file) => /^licen[cs]e(-\w+)?(\.\w+)?$/i.test(file));
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
    if (/\.c?js$/.test(name) && !written.has(name)) rmSync(join(folder, name), { force: true });
  }
}
