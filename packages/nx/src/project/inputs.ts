import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { packageClosure, type Project } from "@imagegate/engine/project";
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
  const links = linkedPlaces(project.root, [project.folder, ...outsideFolders(project)]);
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
        ...outsideGlobs(project)
          .filter((glob) => glob.includes("node_modules"))
          .map((glob) => `${glob} names installed packages, which are not hashed file by file`),
        ...links.outside.map((link) => `${link} leads out of the workspace`),
        ...generator.gaps,
        ...packages.gaps,
        ...context.ownCode.gaps,
      ]),
    ],
  };
}

/** The globs of files outside the family's folder, or told apart from it, relative to the workspace. */
function outsideGlobs({ config, folder }: Project): readonly string[] {
  const { generator, inputs } = config;
  const included =
    generator.kind === "files" ? generator.include.map((glob) => posix.join(folder, glob)) : [];
  return [...(inputs?.files ?? []), ...included.filter((glob) => !isOutside(glob))];
}

/** The folders in which those files are looked for: what stands before the first magic of a glob. */
function outsideFolders(project: Project): readonly string[] {
  return outsideGlobs(project).map((glob) => {
    const steps = glob.split("/");
    const magic = steps.findIndex((step) => /[*?[\]{}()!+@]/.test(step));
    return (magic === -1 ? steps : steps.slice(0, magic)).join("/") || ".";
  });
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
function folderInputs({ folder, outputFolder, config }: Project): Input[] {
  // A family at the root would otherwise read .git, .nx and node_modules from disk.
  const whole =
    folder === "."
      ? [trackedFiles("**/*")]
      : [filesOnDisk(`${folder}/**/*`), notFiles(`${folder}/**/node_modules/**`)];
  // Manifests that exist are written nowhere: what stands there is what is read.
  return config.generator.kind === "files" ? whole : [...whole, ...exclusions(folder, outputFolder)];
}

function exclusions(folder: string, written: string): Input[] {
  if (folder === ".") return [{ fileset: `!{workspaceRoot}/${written}/**/*` }];
  return written.startsWith(`${folder}/`) ? [notFiles(`${written}/**/*`)] : [];
}

function generatorInputs({ root, config, folder }: Project): FamilyInputs {
  switch (config.generator.kind) {
    case "module":
      return {
        inputs: [...moduleSettings(root, folder), ...SURROUNDINGS, { runtime: "node --version" }],
        gaps: [],
      };
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

/** What dates and numbers print by: a definition sees those of the process. */
const SURROUNDINGS: readonly Input[] = ["TZ", "LANG", "LC_ALL"].map((env) => ({ env }));

/** The package.json files above say how Node reads a module, and a definition may import them as data. */
function moduleSettings(root: string, folder: string): Input[] {
  return foldersAbove(folder)
    .map((above) => posix.join(above, "package.json"))
    .filter((path) => existsSync(join(root, path)))
    .map(filesOnDisk);
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
