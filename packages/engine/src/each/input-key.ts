import { posix } from "node:path";
import { sha256 } from "@imagegate/core";
import type { Project } from "../config/project.ts";
import type { TreeFile } from "../git/tree.ts";

/** What a commit holds, as far as it may reach the manifests of a family. */
export interface CommitInputs {
  /** The object name of all its files together. */
  readonly tree: string;
  /** All files below the workspace, relative to it. */
  readonly files: readonly TreeFile[];
  /** All families of the commit. */
  readonly projects: readonly Project[];
  /** Whether the workspace is the repository's top folder. */
  readonly isTop: boolean;
  /** Whether a `setup` runs first, which may read anything. */
  readonly hasSetup: boolean;
  /** Whether the workspace itself is installed as a package, so that definitions may import any file of it. */
  readonly isPackage: boolean;
}

/**
 * A text that is equal for two commits only when a family's manifests must be: over the files that it declares and
 * the configuration, or, where nobody knows what is read, over the whole tree.
 */
export function inputKey(project: Project, inputs: CommitInputs): string {
  const files = inputFiles(project, inputs);
  if (files === null) return `${project.family} tree ${inputs.tree}`;
  const lines = files.map(({ path, mode, object }) => `${mode} ${object} ${path}\n`);
  return `${project.family} files ${sha256(lines.join(""))}`;
}

/** The files by which a key is made; null for all that the commit holds. */
function inputFiles(project: Project, inputs: CommitInputs): readonly TreeFile[] | null {
  const { config } = project;
  if (!inputs.isTop || (config.generator.kind === "command" && config.inputs === undefined)) return null;
  // Records are what comes out: no definition may read them.
  const candidates = inputs.files.filter(({ path }) => !isRecord(path, inputs.projects));
  if (inputs.hasSetup || inputs.isPackage) return candidates;
  const isDeclared = declaredFiles(project, candidates);
  const files = candidates.filter(({ path }) => isDeclared(path));
  // A link may lead anywhere.
  return files.some(({ mode }) => mode === "120000") ? null : files;
}

function isRecord(path: string, projects: readonly Project[]): boolean {
  return projects.some(({ recordsFolder }) => isBelow(path, recordsFolder));
}

function declaredFiles(project: Project, files: readonly TreeFile[]): (path: string) => boolean {
  const places = [project.folder, ...globRoots(project), ...packageFolders(project, files)];
  return (path) => SETTINGS.has(posix.basename(path)) || places.some((place) => isBelow(path, place));
}

/** Files that decide how others are checked out, found and read, wherever they stand. */
const SETTINGS: ReadonlySet<string> = new Set([
  ".gitattributes",
  ".gitmodules",
  ".npmrc",
  "package.json",
  "package-lock.json",
  "npm-shrinkwrap.json",
  "pnpm-lock.yaml",
  "pnpm-workspace.yaml",
  "yarn.lock",
  "bun.lock",
  "bun.lockb",
]);

/** The folders in which declared files are looked for: what stands before the first magic of a glob. */
function globRoots({ folder, config }: Project): readonly string[] {
  const included =
    config.generator.kind === "files" ? config.generator.include.map((glob) => posix.join(folder, glob)) : [];
  return [...(config.inputs?.files ?? []), ...included].map((glob) => {
    const steps = glob.replace(/^!/, "").split("/");
    const magic = steps.findIndex((step) => /[*?[\]{}()!+@]/.test(step));
    return (magic === -1 ? steps : steps.slice(0, magic)).join("/") || ".";
  });
}

/** Every package of the repository that definitions may import: which of them they do is not asked. */
function packageFolders({ config }: Project, files: readonly TreeFile[]): readonly string[] {
  if (config.generator.kind !== "module") return [];
  return files
    .filter(({ path }) => posix.basename(path) === "package.json")
    .map(({ path }) => posix.dirname(path))
    .filter((folder) => folder !== ".");
}

/** Whether a path is a folder or stands below it; `.` holds all. */
function isBelow(path: string, folder: string): boolean {
  return folder === "." || path === folder || path.startsWith(`${folder}/`);
}
