import { fail, ok, type Result } from "@imagegate/core";
import { discoverProjects, selectProjects, type ConfigFailure, type Project } from "@imagegate/engine";
import type { ManifestFiles } from "@imagegate/pins";

/**
 * The manifests of families, as their last run left them: of those that are named, else of all whose configuration has
 * `pins`. A workspace without any family has none.
 */
export async function findFamilyManifests(
  root: string,
  families: readonly string[],
): Promise<Result<readonly ManifestFiles[], readonly ConfigFailure[]>> {
  const found = await discoverProjects(root);
  const isBare = !found.ok && found.failure.every(({ reason }) => reason === "config-none-found");
  if (isBare && families.length === 0) return ok([]);
  if (!found.ok) return found;
  const selected = selectProjects(found.value, families);
  if (!selected.ok) return fail([selected.failure]);
  const wanted = selected.value.filter(({ config }) => families.length > 0 || config.pins !== undefined);
  return ok(wanted.map(manifestsOf));
}

/** Written ones stand in the output folder; those that exist are read where they are. */
function manifestsOf({ config, configPath, folder, outputFolder }: Project): ManifestFiles {
  const { generator, pins } = config;
  const place = { path: configPath, pointer: pins === undefined ? null : "/pins", line: null };
  const unverified = pins?.unverified ?? [];
  return generator.kind === "files"
    ? { include: generator.include, exclude: ["**/imagegate.json"], folder, place, unverified }
    : { include: ["*.json"], exclude: [], folder: outputFolder, place, unverified };
}
