import { join } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import { findFiles } from "@imagegate/host";
import { CHECKSUMS_FOLDER, type Project } from "../config/project.ts";
import type { RunFailure } from "../failure.ts";
import type { OrphanedRecords } from "../report.ts";
import { listFolder } from "./record-folder.ts";

/** What stands in `checksums/` and belongs to no family, sorted: folders of families that are gone, and loose files. */
export async function findOrphanedRecords(
  root: string,
  projects: readonly Project[],
): Promise<Result<readonly OrphanedRecords[], RunFailure>> {
  const owned = projects.map(({ recordsFolder }) => recordsFolder);
  const orphans = await orphansIn(root, CHECKSUMS_FOLDER, owned);
  if (!orphans.ok) return orphans;
  return ok([...orphans.value].sort((left, right) => (left.folder < right.folder ? -1 : 1)));
}

async function orphansIn(
  root: string,
  folder: string,
  owned: readonly string[],
): Promise<Result<readonly OrphanedRecords[], RunFailure>> {
  if (owned.includes(folder)) return ok([]);
  const entries = await listFolder(join(root, folder));
  if (!entries.ok) return fail({ ...entries.failure, folder });
  const orphans: OrphanedRecords[] = [];
  for (const entry of entries.value) {
    const path = `${folder}/${entry.name}`;
    // The placeholder that keeps an empty folder in git records nothing.
    if (entry.isFile() && entry.name === ".gitkeep") continue;
    if (owned.some((own) => `${own}/`.startsWith(`${path}/`))) {
      const below = await orphansIn(root, path, owned);
      if (!below.ok) return below;
      orphans.push(...below.value);
      continue;
    }
    const files = entry.isDirectory()
      ? await findFiles(["**"], { cwd: join(root, path), dot: true })
      : ok([path]);
    if (!files.ok) return files;
    if (files.value.length > 0) orphans.push({ folder: path, files: files.value.length });
  }
  return ok(orphans);
}
