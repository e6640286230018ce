import { resolve } from "node:path";
import { membersOf, type NamedDocument } from "../documents/place.ts";
import { formatOfPath } from "../documents/read.ts";
import { parsePinsFile } from "../pins-file/parse.ts";
import { readManifestSources } from "../osbuild/manifest.ts";
import { findPinsFiles, PINS_FILE_ENDING } from "./discovery.ts";
import { readFileDocument, shownPath } from "./file.ts";
import { listFiles } from "./matching-files.ts";
import { configuredSources, pinsFileSource, readPinsDocument, type ConfiguredSource } from "./pins-file.ts";
import { failedReading, type PinSource, type Reading, type ReadingContext } from "./source.ts";

/** The sources that include files, by the absolute paths of those; of several, the first. */
export type FileOwners = ReadonlyMap<string, ConfiguredSource>;

/**
 * A file that somebody named: a pins file by its ending; else as the first source of the workspace's pins files reads
 * it that includes it; else a pins file or an osbuild manifest by its members. Anything else is a failure.
 */
export function namedFileSource(path: string, findOwners: () => Promise<FileOwners>): PinSource {
  if (path.endsWith(PINS_FILE_ENDING)) return pinsFileSource(path);
  return {
    async read(context) {
      const owner = (await findOwners()).get(resolve(context.root, path));
      return owner === undefined ? readByMembers(path, context) : owner.readFile(path, context);
    },
  };
}

/** Which source reads which file; pins files that cannot be used are told when they are read themselves. */
export async function findFileOwners(root: string): Promise<FileOwners> {
  const owners = new Map<string, ConfiguredSource>();
  const pinsFiles = await findPinsFiles(root);
  for (const pinsFile of pinsFiles.ok ? pinsFiles.value : []) {
    const document = await readFileDocument(pinsFile, "json", root);
    if (!document.ok) continue;
    for (const configured of configuredSources(parsePinsFile(document.value), document.value)) {
      const files = configured.files === null ? null : await listFiles(configured.files, root);
      for (const file of files?.ok ? files.value : []) {
        const path = resolve(root, file);
        if (!owners.has(path)) owners.set(path, configured);
      }
    }
  }
  return owners;
}

async function readByMembers(path: string, context: ReadingContext): Promise<Reading> {
  const unknown = failedReading({
    reason: "pins-document-unknown",
    path: shownPath(path, context.root),
  });
  if ((formatOfPath(path) ?? "json") !== "json") return unknown;
  const document = await readFileDocument(path, "json", context.root);
  if (!document.ok) return failedReading(document.failure);
  switch (kindOf(document.value)) {
    case "pins-file":
      return readPinsDocument(document.value, context);
    case "osbuild":
      return { ...readManifestSources(document.value, []), documents: [document.value.path] };
    case null:
      return unknown;
  }
}

function kindOf({ value }: NamedDocument): "pins-file" | "osbuild" | null {
  const members = membersOf(value);
  if (members === null) return null;
  const sources = members.get("sources");
  if (Array.isArray(members.get("pins")) || Array.isArray(sources)) return "pins-file";
  return Array.isArray(members.get("pipelines")) || membersOf(sources) !== null ? "osbuild" : null;
}
