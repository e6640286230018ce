/**
 * What a change means for what gets built, gravest first.
 *
 * `rebuild`: the id of an exported pipeline moves, so osbuild builds anew. `id-blind`: what gets built can differ,
 * though osbuild's ids do not (runner, devices that nothing mounts). `visible-only`: sources, names, metadata.
 */
export type CauseClass = "rebuild" | "id-blind" | "visible-only";

/** What a cause is about; each kind has words of its own. */
export type CauseKind =
  /** Packages that come, go or have another version. */
  | "packages"
  /** The same packages in another order, or named more or less often; no id moves. */
  | "package-order"
  /** The content of a file that the manifest carries. */
  | "inline-source"
  /** Where a source is fetched from. */
  | "source-location"
  /** One value that stands in many places. */
  | "linked-value"
  /** What a build runs on. */
  | "runner"
  /** Stages or pipelines that come, go or move, and any other edit. */
  | "edit"
  /** Whole manifests. */
  | "manifests-added"
  | "manifests-removed"
  | "manifests-renamed";

/** A line of a cause. */
export interface Detail {
  /** Plain words on one line, raw: whoever renders it escapes it. */
  readonly text: string;
  /** The lines of a unified diff, each with its ` `, `+`, `-` or `@`. */
  readonly diff?: readonly string[];
  /** The manifests that it holds for, sorted, where those are not all of the cause's. */
  readonly manifests?: readonly string[];
}

/** One place of a manifest before and after, as JSON text; absent on the side that has none, a long one ends with `…`. */
export interface Edit {
  /** JSON Pointer in the document of that side. */
  readonly before?: { readonly pointer: string; readonly json: string };
  readonly after?: { readonly pointer: string; readonly json: string };
  /** The part of the manifest in words, such as `os › org.osbuild.rpm`. */
  readonly place: string;
}

/** How a stage or a pipeline compares: `inherits` is equal by itself, and its id moves with what stands before it. */
export type PartChange = "same" | "changed" | "added" | "removed" | "moved" | "inherits";

/** A pipeline of a manifest as a picture needs it. */
export interface PipelinePicture {
  readonly name: string;
  readonly change: PartChange;
  /** Whether it is taken for what gets built: configured, or referred to by no other pipeline. */
  readonly exported: boolean;
  /** The pipeline that it builds in, null for the host. */
  readonly build: string | null;
  /** The pipelines whose trees its stages take as input, sorted, distinct. */
  readonly inputs: readonly string[];
  readonly stages: readonly { readonly type: string; readonly change: PartChange }[];
}

/** One manifest of a cause, whole. */
export interface Example {
  readonly manifest: string;
  /** The cause's own places in it; those beyond the limit are counted. */
  readonly edits: readonly Edit[];
  readonly omittedEdits: number;
  /** In the new manifest's order, removed ones last; empty where it is no osbuild manifest. */
  readonly pipelines: readonly PipelinePicture[];
}

/** One change, wherever it shows. */
export interface Cause {
  /** 16 hexadecimal digits over the normalised change, not its scope: the same in another run, after a rebase. */
  readonly id: string;
  /** Ids of the single changes that it is made of, sorted; where it is one, its own id. Each is in no other cause. */
  readonly changes: readonly string[];
  readonly kind: CauseKind;
  readonly class: CauseClass;
  /** One line of plain words, raw. */
  readonly title: string;
  readonly details: readonly Detail[];
  /** Words that name exactly `manifests`, such as `all 55 of eln_11`. */
  readonly scope: string;
  /** Names, sorted; the new ones for renames. */
  readonly manifests: readonly string[];
  /** Null where there is nothing to show: whole manifests. */
  readonly example: Example | null;
}

/** A manifest that differs, and the causes that make up its difference. */
export interface ExplainedManifest {
  readonly name: string;
  readonly change: "changed" | "added" | "removed";
  /** The gravest of its own difference. */
  readonly class: CauseClass;
  /** Ids of causes, in their order; empty where its content before is not known. */
  readonly causes: readonly string[];
}

/** A changed manifest of which only digests are known. */
export interface UnexplainedManifest {
  readonly name: string;
  /** Why, in plain words. */
  readonly because: string;
}

/** Two sets of manifests, compared: every byte that differs belongs to a cause. */
export interface Explanation {
  /** Counts of manifests; a rename counts as one added and one removed. */
  readonly changed: number;
  readonly added: number;
  readonly removed: number;
  readonly unchanged: number;
  /** Biggest first: by count of manifests, then class, then title. */
  readonly causes: readonly Cause[];
  /** All that differ, sorted by name. */
  readonly manifests: readonly ExplainedManifest[];
  readonly unexplained: readonly UnexplainedManifest[];
  /** What stands between the parts of a manifest's name. */
  readonly separator: string;
}
