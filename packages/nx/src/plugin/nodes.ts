import { existsSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, posix, relative, sep } from "node:path";
import type { CreateNodes, CreateNodesContext, CreateNodesResult, CreateNodesResultArray } from "@nx/devkit";
import { CHECKSUMS_FOLDER, packageClosure, projectOf, type ProjectConfig } from "@imagegate/engine/project";
import type { PluginContext } from "../project/inputs.ts";
import { isLookedAt } from "../project/looked-at.ts";
import { packageInputs } from "../project/packages.ts";
import { pinsProject } from "../project/pins.ts";
import { PINS_FILE_ENDING } from "../project/pins-files.ts";
import { familyProject, recordsProject, type FamilyContext } from "../project/targets.ts";
import type { PluginOptions } from "./options.ts";
import { openRemembered, type RememberedParses } from "./remembered.ts";

/** The plugin's name, as `nx.json` lists it. */
export const name = "@imagegate/nx";

const CONFIG_NAME = "imagegate.json";

/** Stands in the glob so that records are still guarded when the last family is gone; it is never deleted itself. */
const ANCHOR = "nx.json";

/**
 * One project a family, one a folder that has pins files, and one that guards the record folder. Reads configurations,
 * pins files and `package.json` files and spawns nothing. A configuration that cannot be read is an error of the
 * project graph: a gate that quietly loses a family would pass.
 */
export const createNodes: CreateNodes<unknown> = [
  `{**/${CONFIG_NAME},**/*${PINS_FILE_ENDING},${ANCHOR}}`,
  async (files, options, context) => {
    const remembered = openRemembered(context.workspaceRoot, process.env);
    const parsed = await readOptions(options, remembered);
    const plugin = pluginContext(context.workspaceRoot, parsed);
    const families = files.filter((file) => basename(file) === CONFIG_NAME && isLookedAt(file));
    const pinsFiles = groupPinsFiles(files);
    const folders = new Set(families.map((file) => posix.dirname(file)));
    const pinned = [...pinsFiles].flatMap(([folder, [first]]) =>
      first === undefined || folders.has(folder) ? [] : [first],
    );
    const anchor = families.length > 0 || hasRecords(context) ? files.filter((file) => file === ANCHOR) : [];
    const create = async (file: string): Promise<CreateNodesResult> => {
      if (file === ANCHOR) return { projects: { [CHECKSUMS_FOLDER]: recordsProject(parsed, plugin) } };
      const folder = posix.dirname(file);
      const standing = pinsFiles.get(folder) ?? [];
      return basename(file) === CONFIG_NAME
        ? familyNodes(file, remembered, { options: parsed, plugin: { ...plugin, pinsFiles: standing } })
        : { projects: { [folder]: pinsProject({ root: plugin.root, folder, files: standing }, parsed) } };
    };
    const nodes = await createEach([...families, ...pinned, ...anchor], create);
    await remembered.save();
    return nodes;
  },
];

/**
 * As `createNodesFromFiles` of `@nx/devkit` does, whose loading would be a good part of what this plugin costs a command
 * of Nx that has everything cached: it is loaded only to say what failed, of every file.
 */
async function createEach(
  files: readonly string[],
  create: (file: string) => Promise<CreateNodesResult>,
): Promise<CreateNodesResultArray> {
  const created: [string, CreateNodesResult][] = [];
  const failed: [string, Error][] = [];
  for (const file of files) {
    try {
      created.push([file, await create(file)]);
    } catch (error) {
      failed.push([file, error as Error]);
    }
  }
  if (failed.length === 0) return created;
  const { AggregateCreateNodesError } = await import("@nx/devkit");
  throw new AggregateCreateNodesError(failed, created);
}

/** The pins files of each folder, sorted. */
function groupPinsFiles(files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const file of files.toSorted()) {
    if (!file.endsWith(PINS_FILE_ENDING) || !isLookedAt(file)) continue;
    const folder = posix.dirname(file);
    groups.set(folder, [...(groups.get(folder) ?? []), file]);
  }
  return groups;
}

function hasRecords({ workspaceRoot }: CreateNodesContext): boolean {
  return existsSync(join(workspaceRoot, CHECKSUMS_FOLDER));
}

async function readOptions(options: unknown, remembered: RememberedParses): Promise<PluginOptions> {
  return remembered.of("options", JSON.stringify(options ?? null), async () => {
    const { parsePluginOptions } = await import("./options.ts");
    return parsePluginOptions(options);
  });
}

async function familyNodes(
  file: string,
  remembered: RememberedParses,
  { options, plugin }: { readonly options: PluginOptions; readonly plugin: FamilyContext },
): Promise<CreateNodesResult> {
  const text = readFileSync(join(plugin.root, file));
  // Bytes that are no text are refused, so they must not look like one that is not.
  const config = await remembered.of(`config ${file}`, text.toString("latin1"), () => readConfig(text, file));
  const project = projectOf(plugin.root, file, config);
  return { projects: { [project.folder]: familyProject(project, options, plugin) } };
}

async function readConfig(text: Uint8Array, file: string): Promise<ProjectConfig> {
  const { parseConfig } = await import("@imagegate/engine/config");
  const config = parseConfig(text, file);
  if (config.ok) return config.value;
  // Only now: the texts come with the whole engine, and most runs of Nx need none.
  const { failureText } = await import("../text.ts");
  const rerun = "npx nx show projects";
  throw new Error(failureText(config.failure, { rerun, accept: rerun }));
}

function pluginContext(root: string, { ids }: PluginOptions): PluginContext {
  const packageFolder = dirname(realpathSync(createRequire(import.meta.url).resolve(`${name}/package.json`)));
  const closure = packageClosure(root, root, [name]);
  const code = packageInputs(root, root, closure);
  const gaps = closure.missing.includes(name) ? [`${name} is not installed in this workspace`] : [];
  return {
    root,
    pluginFolder: relative(realpathSync(root), packageFolder).split(sep).join("/"),
    ownCode: { inputs: code.inputs, gaps: [...code.gaps, ...gaps] },
    ids,
  };
}
