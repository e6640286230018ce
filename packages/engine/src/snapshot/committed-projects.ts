import { posix } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import { findClashes } from "../config/clashes.ts";
import { parseConfig } from "../config/parse.ts";
import { projectOf, type Project } from "../config/project.ts";
import type { CommitFailure } from "../failure.ts";
import { listTree, readObjects, type TreeFile } from "../git/tree.ts";

/** The families of a commit, and all files that it holds below the workspace. */
export interface CommittedProjects {
  /** Sorted by name; none where the commit has no configuration. */
  readonly projects: readonly Project[];
  readonly files: readonly TreeFile[];
}

const CONFIG_NAME = "imagegate.json";

/** Reads the configurations that a commit holds, found where those of a checkout are. */
export async function readCommittedProjects(
  root: string,
  commit: string,
  signal?: AbortSignal,
): Promise<Result<CommittedProjects, CommitFailure>> {
  const files = await listTree(root, commit, { signal });
  if (!files.ok) return files;
  const configs = files.value.filter(({ path, mode }) => isConfig(path) && mode !== "160000");
  const texts = await readObjects(
    root,
    configs.map(({ object }) => object),
    signal,
  );
  if (!texts.ok) return texts;
  const projects: Project[] = [];
  for (const [index, { path }] of configs.entries()) {
    const config = parseConfig(texts.value[index] ?? "", path);
    if (!config.ok) return fail({ reason: "committed-config", commit, cause: config.failure });
    projects.push(projectOf(root, path, config.value));
  }
  const [clash] = findClashes(projects);
  if (clash !== undefined) return fail({ reason: "committed-config", commit, cause: clash });
  projects.sort((left, right) => (left.family < right.family ? -1 : 1));
  return ok({ projects, files: files.value });
}

function isConfig(path: string): boolean {
  return posix.basename(path) === CONFIG_NAME && !path.split("/").slice(0, -1).some(isPassedOver);
}

function isPassedOver(folder: string): boolean {
  return folder === "node_modules" || folder === "dist" || folder.startsWith(".");
}
