import { sha256 } from "../digest/sha256.ts";
import { compareClasses, gravest } from "./classes.ts";
import type { Cause, Example, ExplainedManifest, Explanation, UnexplainedManifest } from "./explanation.ts";
import { detailsOf } from "./details.ts";
import { joinLines, type LineGroup } from "./joining.ts";
import { classesOf, collectLines, type Line, type NamedChange } from "./lines.ts";
import type { ManifestChange } from "./manifest-change.ts";
import type { ExplainProfile } from "./profile.ts";
import { scopeWords } from "./scope.ts";
import { titleOf } from "./titles.ts";

/** A set that became another under a new name. */
export interface RenamedManifest {
  readonly before: string;
  readonly after: string;
  readonly change: ManifestChange;
}

/** Two sets of manifests and what is known of each that differs. */
export interface ChangeSet {
  /** All names on either side, in any order. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Of those on both sides whose content differs. */
  readonly changes: readonly NamedChange[];
  /** Of those that only their name keeps apart. */
  readonly renames: readonly RenamedManifest[];
  readonly unexplained: readonly UnexplainedManifest[];
  readonly profile: ExplainProfile;
}

/** The causes of all that differs between two sets of manifests, whatever order they come in. */
export function explainChanges(set: ChangeSet): Explanation {
  const changes = sortByName([
    ...set.changes,
    ...set.renames.map(({ after, change }) => ({ name: after, change })),
  ]);
  const { added, removed, universe } = names(set);
  const groups = joinLines(collectLines(changes), set.profile);
  const causes = [
    ...groups.map((group) => causeOf(group, changes, { universe, profile: set.profile })),
    ...wholeCauses(set, universe),
  ].toSorted(compareCauses);
  const changed = set.changes.length + set.unexplained.length;
  return {
    changed,
    added: added.length,
    removed: removed.length,
    unchanged: set.after.length - added.length - changed,
    causes,
    manifests: explainedManifests(set, causes),
    unexplained: set.unexplained.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function sortByName(changes: readonly NamedChange[]): readonly NamedChange[] {
  return changes.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

interface Names {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** All names of either side. */
  readonly universe: readonly string[];
}

function names({ before, after }: ChangeSet): Names {
  const [old, now] = [new Set(before), new Set(after)];
  return {
    added: after.filter((name) => !old.has(name)).toSorted(),
    removed: before.filter((name) => !now.has(name)).toSorted(),
    universe: [...new Set([...before, ...after])].toSorted(),
  };
}

interface Naming {
  readonly universe: readonly string[];
  readonly profile: ExplainProfile;
}

function causeOf(group: LineGroup, changes: readonly NamedChange[], naming: Naming): Cause {
  const { lines, manifests } = group;
  const isWhole = (line: Line): boolean => line.manifests.length === manifests.length;
  return {
    id: causeId(lines.some(isWhole) ? lines.filter(isWhole) : lines),
    kind: lines.some(({ kind }) => kind === "packages") ? "packages" : (lines[0] as Line).kind,
    class: gravest(lines.flatMap(classesOf)),
    title: titleOf(group),
    details: detailsOf(group, naming.profile),
    scope: scopeWords(manifests, naming.universe, naming.profile),
    manifests,
    example: exampleOf(group, changes),
  };
}

function causeId(lines: readonly Line[]): string {
  const changes = lines.map(({ kind, subject, variant }) => JSON.stringify([kind, subject, variant]));
  return sha256(changes.toSorted().join("\n")).slice(0, 16);
}

function exampleOf({ lines, manifests }: LineGroup, changes: readonly NamedChange[]): Example | null {
  const counts = new Map<string, number>();
  for (const line of lines) for (const name of line.manifests) counts.set(name, (counts.get(name) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const manifest = manifests.find((name) => counts.get(name) === most);
  const change = changes.find(({ name }) => name === manifest)?.change;
  if (manifest === undefined || change === undefined) return null;
  const items = lines.flatMap(({ occurrences }) =>
    occurrences.filter((occurrence) => occurrence.manifest === manifest).map(({ item }) => item),
  );
  return {
    manifest,
    edits: items.flatMap(({ edits }) => edits),
    omittedEdits: items.reduce((sum, { omittedEdits }) => sum + omittedEdits, 0),
    pipelines: change.pipelines,
  };
}

function compareCauses(a: Cause, b: Cause): number {
  return (
    b.manifests.length - a.manifests.length ||
    compareClasses(a.class, b.class) ||
    (a.title < b.title ? -1 : a.title > b.title ? 1 : a.id < b.id ? -1 : 1)
  );
}

function wholeCauses(set: ChangeSet, universe: readonly string[]): readonly Cause[] {
  const { added, removed } = names(set);
  const renamedTo = new Set(set.renames.map(({ after }) => after));
  const renamedFrom = new Set(set.renames.map(({ before }) => before));
  const naming = { universe, profile: set.profile };
  return [
    ...wholeCause(
      "manifests-added",
      "added",
      added.filter((name) => !renamedTo.has(name)),
      naming,
    ),
    ...wholeCause(
      "manifests-removed",
      "removed",
      removed.filter((name) => !renamedFrom.has(name)),
      naming,
    ),
    ...wholeCause("manifests-renamed", "renamed", set.renames.map(({ after }) => after).toSorted(), naming),
  ];
}

function wholeCause(
  kind: "manifests-added" | "manifests-removed" | "manifests-renamed",
  word: string,
  manifests: readonly string[],
  { universe, profile }: Naming,
): readonly Cause[] {
  if (manifests.length === 0) return [];
  const scope = scopeWords(manifests, universe, profile);
  return [
    {
      id: sha256(JSON.stringify([kind, manifests])).slice(0, 16),
      kind,
      class: "rebuild",
      title: `${word}: ${scope}`,
      details: [],
      scope,
      manifests,
      example: null,
    },
  ];
}

function explainedManifests(set: ChangeSet, causes: readonly Cause[]): readonly ExplainedManifest[] {
  const byManifest = new Map<string, string[]>();
  for (const { id, manifests } of causes) {
    for (const name of manifests) byManifest.set(name, [...(byManifest.get(name) ?? []), id]);
  }
  const { added, removed } = names(set);
  const explain = (name: string, change: ExplainedManifest["change"], of: ExplainedManifest["class"]) => ({
    name,
    change,
    class: of,
    causes: byManifest.get(name) ?? [],
  });
  return [
    ...set.changes.map(({ name, change }) => explain(name, "changed", change.class)),
    ...set.unexplained.map(({ name }) => explain(name, "changed", "rebuild")),
    ...added.map((name) => explain(name, "added", "rebuild")),
    ...removed.map((name) => explain(name, "removed", "rebuild")),
  ].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
