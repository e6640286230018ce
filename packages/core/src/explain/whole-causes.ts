import { causeId, changeId } from "./change-ids.ts";
import { gravest } from "./classes.ts";
import type { Cause, CauseKind } from "./explanation.ts";
import { groupBy } from "./finding.ts";
import { splitName } from "./name-parts.ts";
import { countWords } from "./number-words.ts";
import type { ExplainProfile } from "./profile.ts";
import type { Rename, RenamedManifest } from "./renames.ts";
import type { ScopeNamer } from "./scope.ts";

/** How sets of manifests are named. */
export interface Naming {
  readonly scope: ScopeNamer;
  readonly profile: ExplainProfile;
}

/** The cause of manifests that are gone; none where there are none. */
export function removedCause(manifests: readonly string[], { scope }: Naming): readonly Cause[] {
  if (manifests.length === 0) return [];
  const changes = manifests.map((name) => changeId(["manifests-removed", name]));
  const words = scope(manifests);
  return [{ ...bare("manifests-removed", changes), title: `removed: ${words}`, scope: words, manifests }];
}

/** The cause of manifests that are new, what they hold being part of what they are; none where there are none. */
export function addedCause(
  manifests: readonly string[],
  digests: ReadonlyMap<string, string>,
  { scope }: Naming,
): readonly Cause[] {
  if (manifests.length === 0) return [];
  const changes = manifests.map((name) => changeId(["manifests-added", name, digests.get(name) ?? ""]));
  const words = scope(manifests);
  return [{ ...bare("manifests-added", changes), title: `added: ${words}`, scope: words, manifests }];
}

/** One cause for each part of the names that became another: the manifests go by their new names. */
export function renameCauses(
  renames: readonly RenamedManifest[],
  { scope, profile }: Naming,
): readonly Cause[] {
  const groups = groupBy(renames, (rename) => renameWords(rename, profile));
  return [...groups].map(([words, group]) => {
    const manifests = group.map(({ after }) => after).toSorted();
    const pairs = group.map(({ before, after }) => `${before} → ${after}`).toSorted();
    const changes = group.map(({ before, after }) => changeId(["manifests-renamed", before, after]));
    return {
      ...bare("manifests-renamed", changes),
      scope: scope(manifests),
      manifests,
      class: gravest(group.map(({ change }) => change.class)),
      title: `${countWords(group.length)} renamed: ${words}`,
      details: pairs.map((text) => ({ text })),
    };
  });
}

function bare(kind: CauseKind, changes: readonly string[]) {
  const sorted = changes.toSorted();
  return {
    id: causeId(sorted),
    changes: sorted,
    kind,
    class: "rebuild" as const,
    details: [],
    example: null,
  };
}

/** The part that differs, or both names where several do. */
function renameWords({ before, after }: Rename, profile: ExplainProfile): string {
  const [old, now] = [splitName(before, profile).values, splitName(after, profile).values];
  const differing = old.flatMap((value, part) => (value === now[part] ? [] : [part]));
  const [part] = differing;
  if (part === undefined || differing.length > 1) return `${before} → ${after}`;
  return `${profile.parts[part]?.name ?? "part"} ${old[part]} → ${now[part]}`;
}
