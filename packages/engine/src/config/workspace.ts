import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import { readFileBounded } from "@imagegate/host";
import { glob } from "tinyglobby";
import type { ConfigFailure } from "../failure.ts";
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
 * None at all is a failure, as are two of one name or two that share a record folder.
 */
export async function discoverProjects(
  root: string,
): Promise<Result<readonly Project[], readonly ConfigFailure[]>> {
  const paths = await glob(`**/${CONFIG_NAME}`, { cwd: root, ignore: ["**/node_modules/**", "**/dist/**"] });
  if (paths.length === 0) return fail([{ reason: "config-none-found", root }]);
  const loaded = await Promise.all(paths.sort().map((path) => loadProject(root, path)));
  const projects = loaded.flatMap((result) => (result.ok ? [result.value] : []));
  const failures = [
    ...loaded.flatMap((result) => (result.ok ? [] : [result.failure])),
    ...findClashes(projects),
  ];
  if (failures.length > 0) return fail(failures);
  return ok(projects.sort((left, right) => (left.family < right.family ? -1 : 1)));
}

/** Families of one name, and record folders that two families would prune in turn. */
export function findClashes(projects: readonly Project[]): ConfigFailure[] {
  const names = [...new Set(projects.map(({ family }) => family))];
  const twice = names
    .map((family) => ({ family, group: projects.filter((project) => project.family === family) }))
    .filter(({ group }) => group.length > 1);
  const pairs = projects.flatMap((left, index) =>
    projects.slice(index + 1).map((right) => [left, right] as const),
  );
  const shared = pairs.filter(
    ([left, right]) => left.family !== right.family && isWithin(left.recordsFolder, right.recordsFolder),
  );
  return [
    ...twice.map(({ family, group }) => ({
      reason: "family-twice" as const,
      family,
      paths: group.map(({ configPath }) => configPath),
    })),
    ...shared.map(([left, right]) => ({
      reason: "records-shared" as const,
      folder: left.recordsFolder,
      families: [left.family, right.family],
    })),
  ];
}

/** Whether one folder is the other or lies in it. */
function isWithin(left: string, right: string): boolean {
  return `${left}/`.startsWith(`${right}/`) || `${right}/`.startsWith(`${left}/`);
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
