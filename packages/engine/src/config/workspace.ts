import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import { findFiles, readFileBounded } from "@imagegate/host";
import type { ConfigFailure } from "../failure.ts";
import { findClashes } from "./clashes.ts";
import { parseConfig } from "./parse.ts";
import { projectOf, type Project } from "./project.ts";

const CONFIG_NAME = "imagegate.json";
const MAX_CONFIG_BYTES = 1024 * 1024;

/** The nearest folder, upwards, with an `nx.json`; else with a `.git`; else the folder itself. */
export function findWorkspaceRoot(folder: string): string {
  const start = resolve(folder);
  return nearestWith(start, "nx.json") ?? nearestWith(start, ".git") ?? start;
}

function nearestWith(start: string, name: string): string | undefined {
  for (let at = start; ; at = dirname(at)) {
    if (existsSync(join(at, name))) return at;
    if (at === dirname(at)) return undefined;
  }
}

/** Reads one configuration; `configPath` is relative to the workspace. */
export async function loadProject(root: string, configPath: string): Promise<Result<Project, ConfigFailure>> {
  const text = await readFileBounded(join(root, configPath), MAX_CONFIG_BYTES);
  if (!text.ok) {
    if (text.failure.reason === "missing") return fail({ reason: "config-missing", path: configPath });
    return fail({ reason: "config-unreadable", path: configPath, cause: text.failure });
  }
  const config = parseConfig(text.value, configPath);
  return config.ok ? ok(projectOf(root, configPath, config.value)) : config;
}

/**
 * All families of a workspace, sorted by name: every `imagegate.json` outside `node_modules`, `dist` and dot folders.
 * None at all is a failure, as are two of one name or two that share a folder.
 */
export async function discoverProjects(
  root: string,
): Promise<Result<readonly Project[], readonly ConfigFailure[]>> {
  const ignore = ["**/node_modules/**", "**/dist/**"];
  // A folder and a link to it are one family, and a link may lead into a circle.
  const paths = await findFiles([`**/${CONFIG_NAME}`], { cwd: root, ignore, followSymbolicLinks: false });
  if (!paths.ok) return fail([paths.failure]);
  if (paths.value.length === 0) return fail([{ reason: "config-none-found", root }]);
  const loaded = await Promise.all(paths.value.map((path) => loadProject(root, path)));
  const projects = loaded.flatMap((result) => (result.ok ? [result.value] : []));
  const failures = [
    ...loaded.flatMap((result) => (result.ok ? [] : [result.failure])),
    ...findClashes(projects),
  ];
  if (failures.length > 0) return fail(failures);
  return ok(projects.sort((left, right) => (left.family < right.family ? -1 : 1)));
}

/** The families of the given names, in the order of `projects`; no names are all. */
export function selectProjects(
  projects: readonly Project[],
  families: readonly string[],
): Result<readonly Project[], ConfigFailure> {
  const known = projects.map(({ family }) => family);
  const unknown = families.find((family) => !known.includes(family));
  if (unknown !== undefined) return fail({ reason: "family-unknown", family: unknown, known });
  return ok(families.length === 0 ? projects : projects.filter(({ family }) => families.includes(family)));
}
