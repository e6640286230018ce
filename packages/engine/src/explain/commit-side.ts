import { formatRecord, ok, type ManifestRecord, type Result } from "@imagegate/core";
import { regenerateFamilies } from "../checkout/regenerate.ts";
import { recordKindOf, type Project } from "../config/project.ts";
import type { CommitFailure } from "../failure.ts";
import type { NamedCommit } from "../git/range.ts";
import type { Repository } from "../git/repository.ts";
import type { DocumentSource } from "../pool/task.ts";
import type { Session } from "../run/session.ts";
import { readCommittedProjects } from "../snapshot/committed-projects.ts";
import { readCommittedRecords } from "../snapshot/committed-records.ts";
import {
  recordMark,
  storedDigest,
  type ManifestAddress,
  type Side,
  type SideManifest,
  type UnknownText,
} from "./side.ts";

/** Where commits are looked at, and with what. */
export interface CommitContext {
  readonly root: string;
  readonly repository: Repository;
  /** The families as they stand in the checkout. */
  readonly projects: readonly Project[];
  readonly session: Session;
  readonly signal: AbortSignal;
  readonly ids?: "none" | "builtin" | "osbuild" | undefined;
}

/** The manifests that a commit records; texts that the store has not are generated anew in a checkout of it. */
export async function openCommitSide(
  { name, commit }: NamedCommit,
  context: CommitContext,
): Promise<Result<Side, CommitFailure>> {
  const { root, signal } = context;
  const committed = await readCommittedProjects(root, commit, signal);
  if (!committed.ok) return committed;
  const { projects, files } = committed.value;
  const records = await readCommittedRecords(root, { projects, files }, signal);
  if (!records.ok) return records;
  const recorded = new Map(
    projects.map((project, index) => [project.family, records.value[index]?.records ?? new Map()] as const),
  );
  const storeRoot = context.session.store.root;
  const families = new Map(
    projects.map((project) => {
      const of = kindText(project);
      const manifests = [...(recorded.get(project.family) ?? [])].map(
        ([manifest, { record }]) =>
          [manifest, sideManifest(record, { of, at: name, storeRoot, project })] as const,
      );
      return [project.family, new Map(manifests)] as const;
    }),
  );
  const recordOf = ({ family, name: manifest }: ManifestAddress): ManifestRecord | null =>
    recorded.get(family)?.get(manifest)?.record ?? null;
  return ok({
    label: name,
    families,
    recover: (lost) => regenerateTexts(lost, { name, commit }, { ...context, recordOf }),
  });
}

function kindText(project: Project): string {
  return JSON.stringify(recordKindOf(project));
}

/** A recorded manifest as a side of a comparison. */
export function sideManifest(
  record: ManifestRecord | null,
  {
    of,
    at,
    storeRoot,
    project,
  }: { readonly of: string; readonly at: string; readonly storeRoot: string; readonly project: Project },
): SideManifest {
  const exports = project.config.exports ?? null;
  if (record === null) return { marks: [], source: { reason: "record-unreadable", at }, exports };
  const digest = storedDigest(record);
  const source: DocumentSource | null = digest === null ? null : { kind: "stored", storeRoot, digest };
  return { marks: [recordMark(record, of)], source, exports };
}

/**
 * Generates the families of lost texts at a commit; a text counts only when it is the one that was recorded.
 */
export async function regenerateTexts(
  lost: readonly ManifestAddress[],
  { name: at, commit }: NamedCommit,
  context: CommitContext & { readonly recordOf: (address: ManifestAddress) => ManifestRecord | null },
): Promise<readonly (DocumentSource | UnknownText)[]> {
  const { repository, projects, session, signal, ids, recordOf } = context;
  const families = new Set(lost.map(({ family }) => family));
  const made = await regenerateFamilies({
    ...{ repository, commit, projects, session, signal, ids, families },
    known: "ignored",
  });
  if (!made.ok) {
    const { failure } = made;
    return lost.map(() => ({ reason: "text-not-made", at, cause: failure }));
  }
  return lost.map((address): DocumentSource | UnknownText => {
    const generated = made.value.get(address.family)?.generated;
    if (generated === undefined) return { reason: "text-not-recorded", at };
    if (!generated.ok) return { reason: "text-not-made", at, cause: generated.failure };
    const manifest = generated.value.get(address.name);
    const record = recordOf(address);
    if (manifest === undefined || record === null || manifest.text !== formatRecord(record)) {
      return { reason: "text-not-recorded", at };
    }
    return { kind: "stored", storeRoot: session.store.root, digest: manifest.digest };
  });
}
