import { stat } from "node:fs/promises";
import { join } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import { findFiles } from "@imagegate/host";
import type { FolderFailure } from "../failure.ts";
import type { Side, SideManifest } from "./side.ts";

/** The bound that configurations have by default. */
const MAX_MANIFEST_BYTES = 64 * 1024 * 1024;

/** All manifests below a folder: its `*.json` files, by their path in it. */
export async function openFolderSide(folder: string): Promise<Result<Side, FolderFailure>> {
  const isFolder = await stat(folder).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (!isFolder) return fail({ reason: "folder-missing", path: folder });
  const found = await findFiles(["**/*.json"], { cwd: folder, dot: true });
  if (!found.ok) return found;
  const manifests = found.value.map((path): readonly [string, SideManifest] => [
    path.slice(0, -".json".length),
    {
      marks: [],
      source: { kind: "file", path: join(folder, path), maxBytes: MAX_MANIFEST_BYTES },
      exports: null,
    },
  ]);
  return ok({
    label: folder,
    families: new Map([["", new Map(manifests)]]),
    recover: async (lost) => lost.map(() => ({ reason: "text-not-kept" })),
  });
}
