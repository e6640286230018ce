import { defaultProfile, type ExplainProfile } from "@imagegate/core/explain";
import type { Project } from "../config/project.ts";

/** How the names of a workspace are read: as one of its families says, else by default. */
export function profileOf(projects: readonly Project[]): ExplainProfile {
  const said = projects.find(({ config }) => config.profile !== undefined)?.config.profile ?? {};
  return {
    separator: said.separator ?? defaultProfile.separator,
    parts: said.parts ?? defaultProfile.parts,
    spellings:
      said.spellings === undefined ? defaultProfile.spellings : new Map(Object.entries(said.spellings)),
    release: said.release === undefined ? defaultProfile.release : new RegExp(said.release, "u"),
    packages: said.packages?.map((pattern) => new RegExp(pattern, "u")) ?? defaultProfile.packages,
    markers: said.markers === undefined ? defaultProfile.markers : new RegExp(said.markers, "u"),
  };
}
