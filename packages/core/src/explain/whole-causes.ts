import { sha256 } from "../digest/sha256.ts";
import { gravest } from "./classes.ts";
import type { Cause, CauseKind } from "./explanation.ts";
import { groupBy } from "./finding.ts";
import { splitName } from "./name-parts.ts";
import type { ExplainProfile } from "./profile.ts";
import type { Rename, RenamedManifest } from "./renames.ts";
import type { ScopeNamer } from "./scope.ts";

/** How sets of manifests are named. */
export interface Naming {
  readonly scope: ScopeNamer;
  readonly profile: ExplainProfile;
}

/** The cause of manifests that came or went as a whole; none where there are none. */
export function wholeCause(
  change: "added" | "removed",
  manifests: readonly string[],
  { scope }: Naming,
): readonly Cause[] {
  if (manifests.length === 0) return [];
  const words = scope(manifests);
  const kind = `manifests-${change}` as const;
  return [{ ...bare(kind, manifests, words), title: `${change}: ${words}` }];
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
    return {
      ...bare("manifests-renamed", manifests, scope(manifests)),
      class: gravest(group.map(({ change }) => change.class)),
      title: `${group.length} renamed: ${words}`,
      details: pairs.map((text) => ({ text })),
    };
  });
}

function bare(kind: CauseKind, manifests: readonly string[], scope: string): Cause {
  return {
    id: sha256(JSON.stringify([kind, manifests])).slice(0, 16),
    kind,
    class: "rebuild",
    title: "",
    details: [],
    scope,
    manifests,
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
