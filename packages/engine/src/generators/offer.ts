import { ok, type Result } from "@imagegate/core";
import type { WriteFailure } from "@imagegate/host";
import type { Project } from "../config/project.ts";
import type { GeneratorFailure } from "../failure.ts";
import type { Session } from "../run/session.ts";
import { runCommand } from "./command.ts";
import { findFiles } from "./files.ts";
import { checkNames, type ManifestSet } from "./manifest-set.ts";
import { listModule } from "./module.ts";

/** Runs a family's generator up to the point where all its manifests are named; throws only when it was cancelled. */
export async function offerManifests(
  project: Project,
  session: Session,
  signal: AbortSignal,
): Promise<Result<ManifestSet, GeneratorFailure | WriteFailure>> {
  const offered = await startGenerator(project, session, signal);
  if (!offered.ok) return offered;
  const manifests = checkNames(offered.value.manifests);
  if (manifests.ok) return ok({ ...offered.value, manifests: manifests.value });
  await offered.value.close();
  return manifests;
}

async function startGenerator(
  project: Project,
  { pool, env }: Session,
  signal: AbortSignal,
): Promise<Result<ManifestSet, GeneratorFailure | WriteFailure>> {
  const { generator } = project.config;
  switch (generator.kind) {
    case "module":
      return listModule(project, generator, { pool, env, signal });
    case "command":
      return runCommand(project, generator, signal);
    case "files":
      return findFiles(project, generator);
  }
}
