import { ok, parseRecord, recordedManifestName, type ManifestRecord, type Result } from "@imagegate/core";
import { isTemporaryName } from "@imagegate/host";
import { recordKindOf, type Project } from "../config/project.ts";
import type { GitFailure, MissingObject } from "../failure.ts";
import { readObjects, type TreeFile } from "../git/tree.ts";

/** A record as a commit holds it. */
interface CommittedRecord {
  readonly path: string;
  readonly mode: string;
  readonly object: string;
  readonly text: Buffer;
  /** What it says; null when it cannot be read. */
  readonly record: ManifestRecord | null;
}

/** What a commit holds in a family's record folder. */
export interface CommittedRecords {
  /** By the manifest's name. */
  readonly records: ReadonlyMap<string, CommittedRecord>;
  /** Paths of files that are no records. */
  readonly strangers: readonly string[];
}

/** The records that a commit holds for some families, in their order; one process reads them all. */
export async function readCommittedRecords(
  root: string,
  { projects, files }: { readonly projects: readonly Project[]; readonly files: readonly TreeFile[] },
  signal?: AbortSignal,
): Promise<Result<readonly CommittedRecords[], GitFailure | MissingObject>> {
  const listed = projects.map((project) => listRecordFiles(project, files));
  const objects = [...new Set(listed.flatMap(({ records }) => records.map(({ file }) => file.object)))];
  const texts = await readObjects(root, objects, signal);
  if (!texts.ok) return texts;
  const textOf = new Map(objects.map((object, index) => [object, texts.value[index] ?? Buffer.alloc(0)]));
  return ok(
    listed.map(({ records, strangers }, index) => {
      const kind = recordKindOf(projects[index] as Project);
      const entries = records.map(({ name, file }): readonly [string, CommittedRecord] => {
        const text = textOf.get(file.object) ?? Buffer.alloc(0);
        const record = parseRecord(text, kind);
        return [name, { ...file, text, record: record.ok ? record.value : null }];
      });
      return { records: new Map(entries), strangers };
    }),
  );
}

interface RecordFiles {
  readonly records: readonly { readonly name: string; readonly file: TreeFile }[];
  readonly strangers: readonly string[];
}

/** Links and folders among the records are none. */
function listRecordFiles({ recordsFolder, config }: Project, files: readonly TreeFile[]): RecordFiles {
  const start = `${recordsFolder}/`;
  const records: { readonly name: string; readonly file: TreeFile }[] = [];
  const strangers: string[] = [];
  for (const file of files) {
    if (!file.path.startsWith(start)) continue;
    const fileName = file.path.slice(start.length);
    if (isTemporaryName(fileName)) continue;
    const isFile = file.mode.startsWith("100") && !fileName.includes("/");
    const name = isFile ? recordedManifestName(fileName, config.records.extension) : null;
    if (name === null) strangers.push(file.path);
    else records.push({ name, file });
  }
  return { records, strangers };
}
