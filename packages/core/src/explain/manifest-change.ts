import type { CauseClass, CauseKind, Edit, PipelinePicture } from "./explanation.ts";

/** What a part of a manifest's change can be about; whole manifests come and go only in a set. */
export type ItemKind = Exclude<CauseKind, "manifests-added" | "manifests-removed" | "manifests-renamed">;

/** The change of one manifest, as data that can be passed between threads. */
export interface ManifestChange {
  /** Of the whole difference, by the ids of the exported pipelines. */
  readonly class: CauseClass;
  /** In a fixed order; every place that differs belongs to exactly one. */
  readonly items: readonly ChangeItem[];
  readonly pipelines: readonly PipelinePicture[];
}

/** A package that a line is about. */
export interface PackageMark {
  readonly sign: PackageSign;
  readonly name: string;
}

/** What became of a package: added, removed, another version, another build of the same version, in another transaction. */
export type PackageSign = "+" | "−" | "version" | "content" | "moved";

/** One thing that changed in one manifest, wherever in it that shows. */
export interface ChangeItem {
  readonly kind: ItemKind;
  readonly class: CauseClass;
  /** What changed, without its place and without values that are a manifest's own: items with equal subjects are of one kind. */
  readonly subject: string;
  /** The values; items with equal subjects and variants are the same change. */
  readonly variant: string;
  /** What makes it another change where subject and variant are the same, such as which build of a package came. */
  readonly content: string;
  /** Plain words on one line, with the values. */
  readonly text: string;
  /** The same words without the values, for when they differ from manifest to manifest. */
  readonly general: string;
  readonly package: PackageMark | null;
  /** Old and new values, as texts: at most `maxValues` of them. */
  readonly values: readonly ValuePair[];
  /** The lines of a unified diff, where a text changed. */
  readonly diff: readonly string[] | null;
  /** In how many places of which part of the manifest; a pipeline's name, or a section's. */
  readonly places: readonly PlaceCount[];
  /** The first places; all others are counted. */
  readonly edits: readonly Edit[];
  readonly omittedEdits: number;
}

/** An old value and a new one, as texts. */
export interface ValuePair {
  readonly before: string;
  readonly after: string;
}

/** A part of a manifest and how many places of it an item takes. */
export interface PlaceCount {
  readonly part: string;
  readonly count: number;
}

/** How many of its places an item shows. */
export const maxEdits = 12;
/** How many pairs of values an item keeps. */
export const maxValues = 8;
/** How many characters of a value's JSON text an edit shows; a longer one ends with `…`. */
export const maxEditText = 2_000;
