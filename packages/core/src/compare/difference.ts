import type { JsonPath } from "../json/pointer.ts";
import type { JsonValue } from "../json/value.ts";

/** The part of a manifest that a difference is in; names and indices are the new manifest's, or the old one's for what is removed. */
export type Place =
  | { readonly kind: "manifest" }
  | { readonly kind: "pipeline"; readonly pipeline: string }
  | {
      readonly kind: "stage";
      readonly pipeline: string;
      /** The stage's type, such as `org.osbuild.rpm`. */
      readonly stage: string;
      /** Its index among the pipeline's stages. */
      readonly index: number;
    };

/** A value and the JSON Pointer to it from the root of its document. */
export interface Located {
  readonly pointer: string;
  readonly value: JsonValue;
}

/**
 * One difference between two documents.
 * `path` is relative to the place, in the new document, or in the old one for what is removed; empty for the place itself.
 * `moved` is an item of a list that now stands elsewhere among its neighbours; what else changed within it follows on its own.
 */
export type Difference = { readonly place: Place; readonly path: JsonPath } & (
  | { readonly change: "added"; readonly after: Located }
  | { readonly change: "removed"; readonly before: Located }
  | { readonly change: "changed" | "moved"; readonly before: Located; readonly after: Located }
);
