import { recordFileName } from "@imagegate/core";
import type { GeneratedManifests } from "../checkout/regenerate.ts";
import { CHECKSUMS_FOLDER, type Project } from "../config/project.ts";
import type { ManifestAddress } from "../explain/side.ts";
import type { TreeFile } from "../git/tree.ts";
import type { CommittedRecords } from "../snapshot/committed-records.ts";

/** A file among a commit's records that is not what the commit's definitions make; paths are relative to the workspace. */
export type WrongRecord =
  | {
      readonly kind: "record";
      readonly path: string;
      readonly address: ManifestAddress;
      /** What it should hold; null when it should not be there. */
      readonly text: string | null;
    }
  /** No record, or one of no family: whose it is nobody here can tell. */
  | { readonly kind: "stranger"; readonly path: string };

/** What is wrong with a family's records in a commit. */
export function wrongRecords(
  { family, recordsFolder, config }: Project,
  { records, strangers }: CommittedRecords,
  generated: GeneratedManifests,
): readonly WrongRecord[] {
  const wrong: WrongRecord[] = [];
  const note = (name: string, text: string | null): void => {
    const path = `${recordsFolder}/${recordFileName(name, config.records.extension)}`;
    wrong.push({ kind: "record", path, address: { family, name }, text });
  };
  for (const [name, { text }] of generated) {
    if (records.get(name)?.text.toString("utf8") !== text) note(name, text);
  }
  for (const name of records.keys()) if (!generated.has(name)) note(name, null);
  return [...wrong, ...strangers.map((path) => ({ kind: "stranger" as const, path }))];
}

/** The files among a commit's records that belong to no family of it. */
export function orphanedFiles(
  files: readonly TreeFile[],
  projects: readonly Project[],
): readonly WrongRecord[] {
  const isOwned = (path: string): boolean =>
    projects.some(({ recordsFolder }) => path.startsWith(`${recordsFolder}/`));
  return files
    .map(({ path }) => path)
    .filter(
      (path) => path.startsWith(`${CHECKSUMS_FOLDER}/`) && !isOwned(path) && !path.endsWith("/.gitkeep"),
    )
    .map((path) => ({ kind: "stranger", path }));
}
