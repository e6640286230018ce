import type { CauseClass } from "./explanation.ts";
import { groupBy } from "./finding.ts";
import type { ChangeItem, ItemKind, ManifestChange } from "./manifest-change.ts";

/** A manifest's change under its name. */
export interface NamedChange {
  readonly name: string;
  readonly change: ManifestChange;
}

/** One item as one manifest has it. */
export interface Occurrence {
  readonly manifest: string;
  readonly item: ChangeItem;
}

/** The same thing in many manifests. */
export interface Line {
  readonly kind: ItemKind;
  readonly subject: string;
  /** How the values go, where they are the same in all of them; null where they differ. */
  readonly variant: string | null;
  readonly occurrences: readonly Occurrence[];
  /** Sorted, distinct. */
  readonly manifests: readonly string[];
  /** Equal for lines of equal sets. */
  readonly set: string;
}

/** Collects the items of all manifests into lines: equal ones, and those whose values are each manifest's own. */
export function collectLines(changes: readonly NamedChange[]): readonly Line[] {
  const occurrences = changes.flatMap(({ name, change }) =>
    change.items.map((item) => ({ manifest: name, item })),
  );
  const bySubject = groupBy(occurrences, ({ item }) => JSON.stringify([item.kind, item.subject]));
  return [...bySubject.values()].flatMap(linesOfSubject);
}

function linesOfSubject(occurrences: readonly Occurrence[]): readonly Line[] {
  const variants = [...groupBy(occurrences, ({ item }) => item.variant).values()].map(createLine);
  return variants.length > 1 && haveOwnValues(variants) ? [createLine(occurrences)] : variants;
}

/** A line of some occurrences of one kind and subject. */
function createLine(occurrences: readonly Occurrence[]): Line {
  const [{ item }] = occurrences as readonly [Occurrence];
  const manifests = [...new Set(occurrences.map(({ manifest }) => manifest))].toSorted();
  const variants = new Set(occurrences.map(({ item: { variant } }) => variant));
  return {
    kind: item.kind,
    subject: item.subject,
    variant: variants.size === 1 ? item.variant : null,
    occurrences,
    manifests,
    set: manifests.join("\n"),
  };
}

/** Whether the values of a subject say nothing about why it changed. */
function haveOwnValues(variants: readonly Line[]): boolean {
  const [{ kind, subject }] = variants as readonly [Line];
  if (kind === "linked-value" || kind === "package-order") return true;
  if (kind !== "edit") return false;
  if (!subject.endsWith(" changed")) return true;
  const manifests = new Set(variants.flatMap((line) => line.manifests)).size;
  return variants.length >= minOwnValues && variants.length * 2 > manifests;
}

/** Fewer values may as well be what somebody wrote here and somebody else there. */
const minOwnValues = 3;

/** The gravest class in each manifest of a line. */
export function classesOf(line: Line): readonly CauseClass[] {
  return line.occurrences.map(({ item }) => item.class);
}
