import { existsSync } from "node:fs";
import { join } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import type { Project } from "../config/project.ts";
import type { LookupFailure } from "../failure.ts";
import { recordPath } from "../run/record-folder.ts";

/** A record by its family and name. */
export interface RecordAddress {
  readonly project: Project;
  readonly name: string;
}

/**
 * The families that may record a manifest: `family/name` names one, a bare `name` is looked for among the records
 * that stand; with a single family it need not stand, since history may know it.
 */
export function findRecord(projects: readonly Project[], name: string): Result<RecordAddress, LookupFailure> {
  const slash = name.indexOf("/");
  if (slash !== -1) {
    const project = projects.find(({ family }) => family === name.slice(0, slash));
    if (project !== undefined) return ok({ project, name: name.slice(slash + 1) });
    return fail({ reason: "record-unknown", name, known: projects.length });
  }
  const holders = projects.filter((project) => existsSync(join(project.root, recordPath(project, name))));
  const candidates = holders.length === 0 && projects.length === 1 ? projects : holders;
  const [project, ...others] = candidates;
  if (project === undefined) return fail({ reason: "record-unknown", name, known: projects.length });
  if (others.length === 0) return ok({ project, name });
  return fail({ reason: "record-ambiguous", name, families: candidates.map(({ family }) => family) });
}
