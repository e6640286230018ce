import { dirname, join, relative, resolve, sep } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import {
  discoverProjects,
  loadProject,
  selectProjects,
  type ConfigFailure,
  type Project,
} from "@imagegate/engine";
import { openRoot, type RootFailure } from "../arguments/root.ts";
import type { CliFailure } from "../failure.ts";
import type { Place } from "./place.ts";

/** The families of a workspace. */
export interface Workspace {
  readonly root: string;
  /** All of them, or the one whose configuration was given. */
  readonly projects: readonly Project[];
}

/** A workspace, and those of its families that were asked for. */
export interface SelectedWorkspace extends Workspace {
  readonly selected: readonly Project[];
}

/** Why there are no families to work on. */
export type SelectionFailure =
  ConfigFailure | RootFailure | Extract<CliFailure, { readonly reason: "config-outside-root" }>;

/** Finds the families of a place. */
export async function findWorkspace(
  { config, root: givenRoot }: Place,
  cwd: string,
): Promise<Result<Workspace, readonly SelectionFailure[]>> {
  const configFile = config === undefined ? undefined : resolve(cwd, config);
  const start = configFile === undefined ? cwd : dirname(configFile);
  const opened = await openRoot(givenRoot, cwd, start);
  if (!opened.ok) return fail([opened.failure]);
  const root = opened.value;
  if (configFile === undefined) {
    const projects = await discoverProjects(root);
    return projects.ok ? ok({ root, projects: projects.value }) : projects;
  }
  const path = relative(root, configFile).split(sep).join("/");
  if (join(root, path) !== configFile || path.startsWith("../")) {
    return fail([{ reason: "config-outside-root", path: config ?? path, root }]);
  }
  const project = await loadProject(root, path);
  return project.ok ? ok({ root, projects: [project.value] }) : fail([project.failure]);
}

/** Finds the families of the given names in a place; no names are all. */
export async function selectFamilies(
  place: Place,
  families: readonly string[],
  cwd: string,
): Promise<Result<SelectedWorkspace, readonly SelectionFailure[]>> {
  const workspace = await findWorkspace(place, cwd);
  if (!workspace.ok) return workspace;
  const selected = selectProjects(workspace.value.projects, families);
  return selected.ok ? ok({ ...workspace.value, selected: selected.value }) : fail([selected.failure]);
}
