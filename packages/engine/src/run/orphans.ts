import { join } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import { glob } from "tinyglobby";
import { CHECKSUMS_FOLDER, type Project } from "../config/project.ts";
import type { RunFailure } from "../failure.ts";
import type { OrphanedRecords } from "../report.ts";
import { listFolder } from "./record-folder.ts";

/** What stands in `checksums/` and belongs to no family, sorted: folders of families that are gone, and loose files. */
export async function findOrphanedRecords(
  root: string,
  projects: readonly Project[],
): Promise<Result<readonly OrphanedRecords[], RunFailure>> {
  const entries = await listFolder(join(root, CHECKSUMS_FOLDER));
  if (!entries.ok) return fail({ ...entries.failure, folder: CHECKSUMS_FOLDER });
  const owned = projects.map(({ recordsFolder }) => `${recordsFolder}/`);
  const orphans: OrphanedRecords[] = [];
  for (const entry of entries.value) {
    const folder = `${CHECKSUMS_FOLDER}/${entry.name}`;
    if (owned.some((path) => path.startsWith(`${folder}/`))) continue;
    // The placeholder that keeps an empty folder in git records nothing.
    if (entry.isFile() && entry.name === ".gitkeep") continue;
    const files = entry.isDirectory() ? await glob("**", { cwd: join(root, folder), dot: true }) : [folder];
    if (files.length > 0) orphans.push({ folder, files: files.length });
  }
  return ok(orphans.sort((left, right) => (left.folder < right.folder ? -1 : 1)));
}
