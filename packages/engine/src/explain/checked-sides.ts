import type { Project } from "../config/project.ts";
import { recordKindOf } from "../config/project.ts";
import type { NamedCommit } from "../git/range.ts";
import type { Repository } from "../git/repository.ts";
import type { CheckReport, RecordVerdict } from "../report.ts";
import { readRecord } from "../run/record-folder.ts";
import type { Session } from "../run/session.ts";
import { recoverGenerated, remakeIn } from "./generated-side.ts";
import { regenerateTexts, sideManifest } from "./commit-side.ts";
import { RECORDS_LABEL, type ManifestAddress, type Side, type SideManifest } from "./side.ts";

/** What was checked. */
export interface CheckedFamilies {
  readonly projects: readonly Project[];
  readonly reports: readonly CheckReport[];
  /** Where the records were committed; null outside a repository, and before its first commit. */
  readonly committed: { readonly repository: Repository; readonly head: NamedCommit } | null;
}

/** A verdict that is about a manifest. */
type ManifestVerdict = Exclude<RecordVerdict, { readonly failure: { readonly reason: "record-stranger" } }>;

/** The records of a checkout as one side, what its definitions make as the other, from what a check found. */
export function checkedSides(
  { projects, reports, committed }: CheckedFamilies,
  session: Session,
  signal: AbortSignal,
): { readonly before: Side; readonly after: Side } {
  const byFamily = new Map(projects.map((project) => [project.family, project]));
  const families = reports.flatMap(({ family, verdicts }) => {
    const project = byFamily.get(family);
    return project === undefined ? [] : [{ project, verdicts: verdicts.filter(isOfManifest) }];
  });
  const digests = new Map(
    families.map(({ project, verdicts }) => [
      project.family,
      new Map(verdicts.flatMap((each) => ("digest" in each ? [[each.name, each.digest]] : []))),
    ]),
  );
  const recover = async (lost: readonly ManifestAddress[]) => {
    if (committed === null) return lost.map(() => ({ reason: "text-without-commit" as const }));
    const { repository, head } = committed;
    const [{ root = "" } = {}] = projects;
    return regenerateTexts(lost, head, {
      ...{ root, repository, projects, session, signal },
      recordOf: ({ family, name }) => standingRecord(byFamily.get(family), name),
    });
  };
  return {
    before: {
      label: RECORDS_LABEL,
      families: new Map(
        families.map(({ project, verdicts }) => [
          project.family,
          entries(verdicts, (verdict) => recordedManifest(verdict, project, session)),
        ]),
      ),
      recover,
    },
    after: {
      label: "the definitions",
      families: new Map(
        families.map(({ project, verdicts }) => [
          project.family,
          entries(verdicts, (verdict) => generatedManifest(verdict, project, session)),
        ]),
      ),
      recover: (lost) =>
        recoverGenerated(lost, remakeIn(projects, session, { signal }), {
          digestOf: ({ family, name }) => digests.get(family)?.get(name),
          storeRoot: session.store.root,
        }),
    },
  };
}

/** The mark of manifests whose record is theirs. */
const VOUCHED = "vouched";

function isOfManifest(verdict: RecordVerdict): verdict is ManifestVerdict {
  return !("failure" in verdict && verdict.failure.reason === "record-stranger");
}

function entries(
  verdicts: readonly ManifestVerdict[],
  manifestOf: (verdict: ManifestVerdict) => SideManifest | null,
): ReadonlyMap<string, SideManifest> {
  const found = new Map<string, SideManifest>();
  for (const verdict of verdicts) {
    const manifest = manifestOf(verdict);
    if (manifest !== null) found.set(verdict.name, manifest);
  }
  return found;
}

/** As its record has it; of an inconsistent one the line that decides is right. */
function recordedManifest(verdict: ManifestVerdict, project: Project, session: Session): SideManifest | null {
  switch (verdict.state) {
    case "added":
      return null;
    case "same":
    case "inconsistent":
      return { marks: [VOUCHED], source: null, exports: null };
    case "changed":
    case "removed":
    case "conflicted":
    case "unreadable": {
      const of = JSON.stringify(recordKindOf(project));
      const place = { of, at: "the working tree", storeRoot: session.store.root, project };
      return sideManifest(standingRecord(project, verdict.name), place);
    }
  }
}

/** As it was generated; one whose record cannot be read is not compared with anything. */
function generatedManifest(
  verdict: ManifestVerdict,
  project: Project,
  session: Session,
): SideManifest | null {
  const exports = project.config.exports ?? null;
  switch (verdict.state) {
    case "removed":
      return null;
    case "same":
    case "inconsistent":
      return { marks: [VOUCHED], source: null, exports };
    case "conflicted":
    case "unreadable":
      return { marks: [], source: null, exports };
    case "added":
    case "changed": {
      const { digest } = verdict;
      return { marks: [], source: { kind: "stored", storeRoot: session.store.root, digest }, exports };
    }
  }
}

function standingRecord(project: Project | undefined, name: string) {
  if (project === undefined) return null;
  const standing = readRecord(project, name);
  return standing.kind === "record" ? standing.record : null;
}
