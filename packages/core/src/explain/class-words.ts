import type { CauseClass } from "./explanation.ts";

/** The classes, gravest first. */
export const CLASSES: readonly CauseClass[] = ["rebuild", "id-blind", "visible-only"];

/** What a class means for the reader, one sentence each. */
export const CLASS_SENTENCES: Readonly<Record<CauseClass, string>> = {
  rebuild: "The id of an exported pipeline moves: osbuild builds anew.",
  "id-blind": "What gets built can differ, and osbuild's ids do not show it.",
  "visible-only": "Sources, names or metadata: what gets built stays the same.",
};
