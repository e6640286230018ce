import { posix } from "node:path";
import {
  addDependenciesToPackageJson,
  formatFiles,
  logger,
  type GeneratorCallback,
  type Tree,
} from "@nx/devkit";
import * as z from "zod";
import {
  commandFiles,
  filesFiles,
  imageBuilderFiles,
  moduleFiles,
  type TemplateFiles,
} from "./family-templates.ts";

const familyOptions = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/, "letters, digits, '.', '_' and '-', no leading dot"),
  template: z.enum(["module", "command", "files", "image-builder"]).default("module"),
  directory: z.string().optional(),
  skipFormat: z.boolean().default(false),
});

const AUTHORING_LIBRARY = "@imagegate/images";
const AUTHORING_VERSION = "^0.1.0";
const SCHEMA = "node_modules/@imagegate/engine/schema/imagegate.schema.json";

/** Adds a family that generates at once. */
export default async function familyGenerator(tree: Tree, given: unknown): Promise<GeneratorCallback> {
  const options = familyOptions.parse(given);
  // Its program runs at the root of its tree.
  const usual = options.template === "image-builder" ? "." : `manifests/${options.name}`;
  const folder = familyFolder(options.directory ?? usual);
  if (tree.exists(posix.join(folder, "imagegate.json")))
    throw new Error(`${folder} has an imagegate.json already`);
  const templates = {
    module: moduleFiles,
    command: commandFiles,
    files: filesFiles,
    "image-builder": imageBuilderFiles,
  };
  const { config, files } = templates[options.template](options.name);
  writeJson(tree, posix.join(folder, "imagegate.json"), {
    $schema: posix.join(posix.relative(folder, "."), SCHEMA),
    ...(posix.basename(folder) === options.name ? {} : { family: options.name }),
    ...config,
  });
  writeFiles(tree, folder, files);
  if (!options.skipFormat) await formatFiles(tree);
  logger.info(`Next: npx nx run ${options.name}:generate`);
  return options.template === "module" ? addAuthoringLibrary(tree) : () => {};
}

function familyFolder(directory: string): string {
  const folder = posix.normalize(directory).replace(/\/+$/, "");
  if (posix.isAbsolute(folder) || folder === ".." || folder.startsWith("../")) {
    throw new Error(`directory ${folder} lies outside the workspace`);
  }
  return folder;
}

function writeFiles(tree: Tree, folder: string, files: TemplateFiles["files"]): void {
  for (const [path, text] of Object.entries(files)) {
    const at = posix.join(folder, path);
    if (tree.exists(at)) throw new Error(`${at} exists already`);
    tree.write(at, text);
  }
}

function writeJson(tree: Tree, path: string, value: unknown): void {
  tree.write(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** An installed version stays: a workspace may use a checkout or a tarball. */
function addAuthoringLibrary(tree: Tree): GeneratorCallback {
  return addDependenciesToPackageJson(tree, {}, { [AUTHORING_LIBRARY]: AUTHORING_VERSION }, undefined, true);
}
