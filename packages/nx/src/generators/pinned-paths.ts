import type { Tree } from "@nx/devkit";
import { parseConfig } from "@imagegate/engine/config";
import { projectOf, type Project } from "@imagegate/engine/project";
import { posix } from "node:path";
import { lookedAtFiles } from "./looked-at-files.ts";
import { PINS_FILE_ENDING, pinnedGlobs } from "../project/pins-files.ts";

/** What pins something in a workspace, as the path filters of a workflow have it; each once, sorted. */
export async function pinnedPaths(tree: Tree): Promise<readonly string[]> {
  const files = await lookedAtFiles(tree);
  const pinsFiles = files.filter((file) => file.endsWith(PINS_FILE_ENDING));
  const families = files
    .filter((file) => posix.basename(file) === "imagegate.json")
    .map((file) => readFamily(tree, file))
    .filter(({ config }) => config.pins !== undefined);
  const globs = [
    ...pinnedGlobs(pinsFiles, (file) => tree.read(file, "utf8")),
    ...families.flatMap(familyGlobs),
  ];
  return [...new Set(globs.flatMap(filterOf))].toSorted();
}

function readFamily(tree: Tree, file: string): Project {
  const config = parseConfig(tree.read(file) ?? "", file);
  if (!config.ok)
    throw new Error(`${file} cannot be read (${config.failure.reason}): npx imagegate check says more`);
  return projectOf(tree.root, file, config.value);
}

/** Where the manifests of a family come from. */
function familyGlobs({ folder, config }: Project): readonly string[] {
  const { generator, inputs } = config;
  const included =
    generator.kind === "files" ? generator.include.map((glob) => posix.join(folder, glob)) : [];
  const declared = [...(inputs?.files ?? []), ...included];
  return [posix.join(folder, "**"), ...declared.filter((glob) => !glob.includes("!"))];
}

/** The glob where a path filter reads it as we do, else the folder in which it begins; nothing outside the repository. */
function filterOf(glob: string): readonly string[] {
  if (glob.startsWith("../")) return [];
  const steps = glob.split("/");
  const odd = steps.findIndex((step) => !/^[\w.*-]+$/.test(step));
  return [odd === -1 ? glob : [...steps.slice(0, odd), "**"].join("/")];
}
