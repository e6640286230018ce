import { posix } from "node:path";
import type { Explanation } from "@imagegate/core/explain";
import type { Project } from "../config/project.ts";
import { recordPath } from "../run/record-folder.ts";
import type { ManifestAddress } from "./side.ts";

/** The families of a checkout, and where their workspace stands in the repository. */
interface Checkout {
  readonly projects: readonly Project[];
  /** Empty, or ending in a slash. */
  readonly prefix: string;
}

/**
 * The file that a reader looks at first, for each manifest that differs: the definitions' module, where a family has
 * one, else the record.
 */
export function manifestLocations(
  { manifests, unexplained }: Explanation,
  addressOf: (name: string) => ManifestAddress,
  { projects, prefix }: Checkout,
): ReadonlyMap<string, string> {
  const families = new Map(projects.map((project) => [project.family, project]));
  const names = new Set([...manifests, ...unexplained].map(({ name }) => name));
  const locations = [...names].flatMap((shown): readonly (readonly [string, string])[] => {
    const { family, name } = addressOf(shown);
    const project = families.get(family);
    return project === undefined ? [] : [[shown, `${prefix}${fileOf(project, name)}`]];
  });
  return new Map(locations);
}

function fileOf(project: Project, name: string): string {
  const { generator } = project.config;
  return generator.kind === "module"
    ? posix.join(project.folder, generator.entry)
    : recordPath(project, name);
}
