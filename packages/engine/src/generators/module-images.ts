import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import { canonicalizeValue, fail, ok, type JsonPath, type Result } from "@imagegate/core";
import { createJiti } from "jiti";
import { packageClosure } from "../config/packages.ts";
import type { FingerprintFailure, GeneratorFailure } from "../failure.ts";
import type { ModuleSource } from "../pool/task.ts";
import { watchReads } from "./read-watch.ts";

/** An image as a module exports it: a manifest, or a function that makes one. */
interface ImageDefinition {
  readonly name: string;
  readonly manifest: unknown;
}

/** A module that was loaded in this thread, and who may be read on its behalf. */
interface LoadedModule {
  readonly images: ReadonlyMap<string, ImageDefinition>;
  readonly names: readonly string[];
  readonly isAllowed: (path: string) => boolean;
}

type LoadFailure = Extract<GeneratorFailure, { readonly reason: `module-${string}` }>;

/** The one module of this thread, once it is asked for: families never share threads. */
const loaded = new Map<string, Promise<Result<LoadedModule, LoadFailure>>>();

/** The names of a module's images, in its order. */
export async function listImages(source: ModuleSource): Promise<Result<readonly string[], LoadFailure>> {
  const module = await load(source);
  return module.ok ? ok(module.value.names) : module;
}

/** One manifest of a module, as JSON text of two-space indentation. */
export async function generateImage(
  source: ModuleSource,
  name: string,
): Promise<Result<Uint8Array, FingerprintFailure>> {
  const module = await load(source);
  if (!module.ok) return module;
  const image = module.value.images.get(name);
  if (image === undefined)
    return fail(shapeFailure(source, [name], "the image that the module listed before"));
  setEnvironment(source.env);
  const made = await watched(source, module.value.isAllowed, async () =>
    typeof image.manifest === "function" ? ((await image.manifest()) as unknown) : image.manifest,
  );
  if (!made.ok) return made;
  const canonical = canonicalizeValue(made.value);
  if (!canonical.ok) return canonical;
  return ok(Buffer.from(`${JSON.stringify(made.value, null, 2)}\n`, "utf8"));
}

function load(source: ModuleSource): Promise<Result<LoadedModule, LoadFailure>> {
  const known = loaded.get(source.entry);
  if (known !== undefined) return known;
  const loading = importModule(source);
  loaded.set(source.entry, loading);
  return loading;
}

async function importModule(source: ModuleSource): Promise<Result<LoadedModule, LoadFailure>> {
  setEnvironment(source.env);
  const isAllowed = allowedReads(source);
  // A path relative to the folder that somebody happened to start in would make one manifest here, another there.
  process.cwd = () => source.root;
  // No cache on disk: what is generated must come from the files that are there now.
  const jiti = createJiti(source.entry, { fsCache: false, interopDefault: false });
  const imported = await watched(source, isAllowed, () => jiti.import<Record<string, unknown>>(source.entry));
  if (!imported.ok) {
    if (imported.failure.reason !== "module-threw") return imported;
    return fail({ ...imported.failure, reason: "module-not-loaded", entry: shownEntry(source) });
  }
  const { default: main, images: named } = imported.value;
  const images = parseImages(source, Array.isArray(main) ? main : (named ?? main));
  if (!images.ok) return images;
  return ok({
    isAllowed,
    names: images.value.map(({ name }) => name),
    images: new Map(images.value.map((image) => [image.name, image])),
  });
}

/** Runs definitions; what they throw and what they read beyond their inputs are failures. */
async function watched<T>(
  source: ModuleSource,
  isAllowed: (path: string) => boolean,
  work: () => Promise<T>,
): Promise<Result<T, Extract<LoadFailure, { reason: "module-threw" | "module-outside-input" }>>> {
  const { result, reads } = await watchReads(async () => {
    try {
      return ok(await work());
    } catch (thrown) {
      const { message, stack = "" } = thrown instanceof Error ? thrown : new Error(String(thrown));
      return fail({ reason: "module-threw" as const, message, stack });
    }
  });
  const stranger = [...reads].sort().find((path) => !isAllowed(path));
  if (stranger === undefined) return result;
  const file = relative(source.root, stranger).split(sep).join("/");
  return fail({ reason: "module-outside-input", entry: shownEntry(source), file });
}

function parseImages(source: ModuleSource, value: unknown): Result<readonly ImageDefinition[], LoadFailure> {
  if (!Array.isArray(value))
    return fail(shapeFailure(source, [], "an array of {name, manifest} as default export"));
  for (const [index, image] of (value as unknown[]).entries()) {
    if (typeof image !== "object" || image === null) return fail(shapeFailure(source, [index], "an object"));
    const { name, manifest } = image as Partial<ImageDefinition>;
    if (typeof name !== "string") return fail(shapeFailure(source, [index, "name"], "a string"));
    if (manifest === undefined)
      return fail(shapeFailure(source, [index, "manifest"], "a manifest or a function"));
  }
  return ok(value as ImageDefinition[]);
}

function shapeFailure(source: ModuleSource, path: JsonPath, expected: string): LoadFailure {
  return { reason: "module-shape", entry: shownEntry(source), path, expected };
}

function shownEntry({ root, entry }: ModuleSource): string {
  return relative(root, entry).split(sep).join("/");
}

/** The definitions' environment: what they declare, and nothing of the caller's. */
function setEnvironment(env: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(process.env)) if (!Object.hasOwn(env, name)) delete process.env[name];
  Object.assign(process.env, env);
}

/**
 * Whether a file is among the inputs that a task's cache key covers: the family's folder, the declared files and
 * packages, and the `package.json` of the folders above, which Node asks for a module's kind. A declared file that is
 * a link is what it leads to, which must be an input itself.
 */
function allowedReads(source: ModuleSource): (path: string) => boolean {
  const { folders } = packageClosure(source.root, source.folder, source.packages);
  const files = new Set([...declaredFiles(source), ...settingsAbove(source)]);
  const ownFolder = realPath(source.folder);
  const packageFolders = new Set([...folders, LOADER_FOLDER]);
  return (path) => {
    const real = realPath(path);
    if (files.has(real)) return true;
    const installed = installedFolderOf(real);
    if (installed !== undefined) return packageFolders.has(installed);
    return [ownFolder, ...folders].some((folder) => real === folder || real.startsWith(folder + sep));
  };
}

/**
 * The `package.json` files that may say how the modules of a family are read: the loader asks upwards until it finds
 * one, in a workspace without any beyond its root.
 */
function settingsAbove({ folder }: ModuleSource): string[] {
  const settings: string[] = [];
  for (let at = realPath(folder); ; at = dirname(at)) {
    settings.push(join(at, "package.json"));
    if (at === dirname(at)) return settings;
  }
}

/** The declared files that no link on the way from the workspace leads elsewhere. */
function declaredFiles({ root, files }: ModuleSource): string[] {
  const top = realPath(root);
  return files.map((path) => join(top, relative(root, path))).filter((path) => realPath(path) === path);
}

/** The loader reads its own compiler when it first needs it. */
const LOADER_FOLDER = installedFolderOf(realPath(createRequire(import.meta.url).resolve("jiti"))) ?? "";

/** The folder of the package that a file belongs to, when it lies in a `node_modules`. */
function installedFolderOf(path: string): string | undefined {
  const steps = path.split(sep);
  const at = steps.lastIndexOf("node_modules");
  if (at === -1 || at + 1 === steps.length) return undefined;
  const size = steps[at + 1]?.startsWith("@") ? 2 : 1;
  return steps.slice(0, at + 1 + size).join(sep);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // A file that is not there was looked for: its own path says where.
    return path;
  }
}
