import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { packageClosure, type Project } from "@imagegate/engine/config";
import { encodeProbe, type ToolProbe } from "./probe.ts";
import { distinctInputs, filesOnDisk, notFiles, trackedFiles, type Input } from "./input.ts";
import { linkedPlaces } from "./links.ts";
import { packageInputs, type PackageInputs } from "./packages.ts";

/** What a plugin run knows once for all families. */
export interface PluginContext {
  readonly root: string;
  /** The folder of this package, relative to the workspace, POSIX. */
  readonly pluginFolder: string;
  /** The inputs of the plugin's own code. */
  readonly ownCode: PackageInputs;
  readonly ids: "none" | "builtin" | "osbuild" | undefined;
}

/** All that a family's manifests depend on. */
export interface FamilyInputs {
  readonly inputs: readonly Input[];
  /** Why a result must not be cached; none means that it may. */
  readonly gaps: readonly string[];
}

/** The inputs that `generate` and `check` share: everything a manifest can depend on. */
export function familyInputs(project: Project, context: PluginContext): FamilyInputs {
  const generator = generatorInputs(project);
  const packages = modulePackages(project);
  const links = linkedPlaces(project.root, project.folder);
  return {
    inputs: distinctInputs([
      ...folderInputs(project),
      ...links.globs.map(filesOnDisk),
      ...generator.inputs,
      ...declaredInputs(project),
      ...versionProbes(project, context).map((tool) => probeInput(tool, context)),
      ...packages.inputs,
      ...context.ownCode.inputs,
    ]),
    gaps: [
      ...new Set([
        ...links.outside.map((link) => `${link} leads out of the workspace`),
        ...generator.gaps,
        ...packages.gaps,
        ...context.ownCode.gaps,
      ]),
    ],
  };
}

/** The records of a family, which `check` reads besides. */
export function recordInputs({ recordsFolder }: Project): Input[] {
  return [filesOnDisk(`${recordsFolder}/**/*`)];
}

/**
 * Takes the records out of what `generate` depends on, where they stand among the definitions. Not for `check`: Nx
 * lets an exclusion win over every other input.
 */
export function recordExclusions({ folder, recordsFolder }: Project): Input[] {
  return exclusions(folder, recordsFolder);
}

/** The folder with all that is in it, but not the manifests that a run writes into it. */
function folderInputs({ folder, outputFolder }: Project): Input[] {
  // A family at the root would otherwise read .git, .nx and node_modules from disk.
  const whole =
    folder === "."
      ? [trackedFiles("**/*")]
      : [filesOnDisk(`${folder}/**/*`), notFiles(`${folder}/**/node_modules/**`)];
  return [...whole, ...exclusions(folder, outputFolder)];
}

function exclusions(folder: string, written: string): Input[] {
  if (folder === ".") return [{ fileset: `!{workspaceRoot}/${written}/**/*` }];
  return written.startsWith(`${folder}/`) ? [notFiles(`${written}/**/*`)] : [];
}

function generatorInputs({ root, config, folder }: Project): FamilyInputs {
  switch (config.generator.kind) {
    case "module":
      return { inputs: [...moduleSettings(root, folder), { runtime: "node --version" }], gaps: [] };
    case "command":
      if (config.inputs !== undefined) return { inputs: [], gaps: [] };
      // Nobody knows what it reads: any change selects it, and nothing is replayed.
      return { inputs: [trackedFiles("**/*")], gaps: ["a command without inputs"] };
    case "files": {
      const globs = config.generator.include.filter((glob) => !glob.startsWith("!"));
      const paths = globs.map((glob) => posix.join(folder, glob));
      return {
        inputs: paths.filter((path) => !isOutside(path)).map(filesOnDisk),
        gaps: paths.some(isOutside) ? ["manifests outside the workspace"] : [],
      };
    }
  }
}

/** How Node reads a module is said by the nearest package.json; which packages it may import are inputs of their own. */
function moduleSettings(root: string, folder: string): Input[] {
  return foldersAbove(folder)
    .map((above) => posix.join(above, "package.json"))
    .filter((path) => existsSync(join(root, path)))
    .map((path) => ({ json: `{workspaceRoot}/${path}`, fields: ["type", "imports"] }));
}

function foldersAbove(folder: string): string[] {
  if (folder === ".") return [];
  const parent = posix.dirname(folder);
  return [parent, ...foldersAbove(parent)];
}

function isOutside(path: string): boolean {
  return path.startsWith("../") || posix.isAbsolute(path);
}

function declaredInputs({ config }: Project): Input[] {
  const { files = [], env = [] } = config.inputs ?? {};
  return [
    ...files.filter((glob) => !glob.startsWith("!")).map(filesOnDisk),
    ...env.map((name) => ({ env: name })),
  ];
}

function modulePackages({ root, folder, config }: Project): PackageInputs {
  if (config.generator.kind !== "module") return { inputs: [], gaps: [] };
  const at = join(root, folder);
  return packageInputs(root, at, packageClosure(root, at, config.generator.packages));
}

function versionProbes({ config, folder }: Project, { ids }: PluginContext): ToolProbe[] {
  const env = config.generator.kind === "command" ? config.generator.env : {};
  const declared = config.inputs?.versions ?? [];
  const probes = declared.map((argv) => ({ argv, folder, env }));
  if ((ids ?? config.ids) !== "osbuild") return probes;
  return [...probes, { argv: [config.osbuild.executable, "--version"], folder: ".", env: {} }];
}

/** Through a program of ours: a command that Nx does not find counts as one that prints nothing. */
function probeInput(tool: ToolProbe, { pluginFolder }: PluginContext): Input {
  return { runtime: `node "${pluginFolder}/bin/tool-version.js" ${encodeProbe(tool)}` };
}
