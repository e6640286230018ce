import { compareClasses } from "./classes.ts";
import type { Cause, ExplainedManifest, Explanation, UnexplainedManifest } from "./explanation.ts";
import { causeId } from "./change-ids.ts";
import { joinLines } from "./joining.ts";
import { collectLines, type NamedChange } from "./lines.ts";
import { countWords } from "./number-words.ts";
import type { ExplainProfile } from "./profile.ts";
import type { RenamedManifest } from "./renames.ts";
import { createScopeNamer } from "./scope.ts";
import { causeOf } from "./causes.ts";
import { addedCause, removedCause, renameCauses, type Naming } from "./whole-causes.ts";

/** Two sets of manifests and what is known of each that differs. */
export interface ChangeSet {
  /** All names on either side, in any order. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Of those on both sides whose content differs. */
  readonly changes: readonly NamedChange[];
  /** Of those that only their name keeps apart. */
  readonly renames: readonly RenamedManifest[];
  /** Of the added ones, as far as known: what tells their content from another. */
  readonly digests: ReadonlyMap<string, string>;
  readonly unexplained: readonly UnexplainedManifest[];
  readonly profile: ExplainProfile;
}

/** The causes of all that differs between two sets of manifests, whatever order they come in. */
export function explainChanges(set: ChangeSet): Explanation {
  const changes = sortByName([
    ...set.changes,
    ...set.renames.map(({ after, change }) => ({ name: after, change })),
  ]);
  const names = namesOf(set);
  const naming = { scope: createScopeNamer(names.universe, set.profile), profile: set.profile };
  const byName = new Map(changes.map(({ name, change }) => [name, change]));
  const groups = joinLines(collectLines(changes), set.profile);
  const grouped = groups.map((group) => causeOf(group, byName, naming));
  const { whole, others } = wholeCauses(set, names, grouped.toSorted(compareCauses), naming);
  const causes = [...others, ...whole].toSorted(compareCauses);
  const { added, removed } = names;
  const changed = set.changes.length + set.unexplained.length;
  return {
    changed,
    added: added.length,
    removed: removed.length,
    unchanged: set.after.length - added.length - changed,
    causes,
    manifests: explainedManifests(set, names, causes),
    unexplained: set.unexplained.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    separator: set.profile.separator,
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

function namesOf({ before, after }: ChangeSet): Names {
  const [old, now] = [new Set(before), new Set(after)];
  return {
    added: after.filter((name) => !old.has(name)).toSorted(),
    removed: before.filter((name) => !now.has(name)).toSorted(),
    universe: [...new Set([...before, ...after])].toSorted(),
  };
}

function compareCauses(a: Cause, b: Cause): number {
  return (
    b.manifests.length - a.manifests.length ||
    compareClasses(a.class, b.class) ||
    (a.title < b.title ? -1 : a.title > b.title ? 1 : a.id < b.id ? -1 : 1)
  );
}

/** Causes of whole manifests; what changed in all of some renamed ones, and nowhere else, is told with their rename. */
function wholeCauses(
  set: ChangeSet,
  { added, removed }: Names,
  causes: readonly Cause[],
  naming: Naming,
): { readonly whole: readonly Cause[]; readonly others: readonly Cause[] } {
  const [gone, came] = [
    new Set(set.renames.map(({ before }) => before)),
    new Set(set.renames.map(({ after }) => after)),
  ];
  const whole = [
    ...addedCause(
      added.filter((name) => !came.has(name)),
      set.digests,
      naming,
    ),
    ...removedCause(
      removed.filter((name) => !gone.has(name)),
      naming,
    ),
  ];
  const renamed = renameCauses(set.renames, naming);
  const folded = new Set<Cause>();
  const told = renamed.map((rename) => {
    const within = causes.filter(({ manifests }) =>
      manifests.every((name) => rename.manifests.includes(name)),
    );
    for (const cause of within) folded.add(cause);
    return withContent(rename, within);
  });
  return { whole: [...whole, ...told], others: causes.filter((cause) => !folded.has(cause)) };
}

function withContent(rename: Cause, within: readonly Cause[]): Cause {
  const titles = within.map(({ title, manifests }) => {
    const { length } = rename.manifests;
    return `in ${manifests.length === length ? "all" : `${countWords(manifests.length)} of ${countWords(length)}`}, ${title}`;
  });
  // To accept the names is not to accept any content.
  const changes = [rename, ...within].flatMap((cause) => cause.changes).toSorted();
  return {
    ...rename,
    id: causeId(changes),
    changes,
    title: [rename.title, ...titles].join("; "),
    details: [...rename.details, ...within.flatMap(({ details }) => details)],
    example: within[0]?.example ?? null,
  };
}

function explainedManifests(
  set: ChangeSet,
  { added, removed }: Names,
  causes: readonly Cause[],
): readonly ExplainedManifest[] {
  const byManifest = new Map<string, string[]>();
  for (const { id, manifests } of causes) {
    for (const name of manifests) {
      const known = byManifest.get(name);
      if (known) known.push(id);
      else byManifest.set(name, [id]);
    }
  }
  // What was renamed goes by its new name in causes.
  for (const { before, after } of set.renames) byManifest.set(before, byManifest.get(after) ?? []);
  const renamed = new Map(
    set.renames.flatMap(({ before, after, change }) => [
      [before, change.class],
      [after, change.class],
    ]),
  );
  const explain = (name: string, change: ExplainedManifest["change"], of: ExplainedManifest["class"]) => ({
    name,
    change,
    class: of,
    causes: byManifest.get(name) ?? [],
  });
  return [
    ...set.changes.map(({ name, change }) => explain(name, "changed", change.class)),
    ...set.unexplained.map(({ name }) => explain(name, "changed", "rebuild")),
    ...added.map((name) => explain(name, "added", renamed.get(name) ?? "rebuild")),
    ...removed.map((name) => explain(name, "removed", renamed.get(name) ?? "rebuild")),
  ].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
