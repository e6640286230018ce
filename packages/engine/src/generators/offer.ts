import { ok, type Result } from "@imagegate/core";
import type { WriteFailure } from "@imagegate/host";
import type { Project } from "../config/project.ts";
import type { GeneratorFailure } from "../failure.ts";
import type { Session } from "../run/session.ts";
import { runCommand, type CommandRun } from "./command.ts";
import { offerFiles } from "./files.ts";
import { checkNames, checkSplit, type ManifestSet } from "./manifest-set.ts";
import { listModule } from "./module.ts";

/** Runs a family's generator up to the point where all its manifests are named; throws only when it was cancelled. */
export async function offerManifests(
  project: Project,
  session: Session,
  run: CommandRun,
): Promise<Result<ManifestSet, GeneratorFailure | WriteFailure>> {
  const offered = await startGenerator(project, session, run);
  if (!offered.ok) return offered;
  const named = checkNames(offered.value.manifests);
  const complete = named.ok ? checkSplit(named.value, project.config.split) : named;
  if (complete.ok) return ok({ ...offered.value, manifests: complete.value });
  await offered.value.close();
  return complete;
}

async function startGenerator(
  project: Project,
  { pool, env }: Session,
  run: CommandRun,
): Promise<Result<ManifestSet, GeneratorFailure | WriteFailure>> {
  const { generator } = project.config;
  switch (generator.kind) {
    case "module":
      return listModule(project, generator, { pool, env, signal: run.signal });
    case "command":
      return runCommand(project, generator, run);
    case "files":
      return offerFiles(project, generator);
  }
}
