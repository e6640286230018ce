import type { JsonPath } from "../json/pointer.ts";

/** Why osbuild would refuse a manifest; `path` is the place in the manifest. */
export type ManifestFailure =
  | {
      readonly reason: "manifest-version-unsupported";
      /** The version as written, quotes included; a manifest without one is version `"1"`. */
      readonly version: string;
    }
  | {
      readonly reason: "manifest-malformed";
      readonly path: JsonPath;
      readonly expected: string;
      /** What stands there, or null when nothing does. */
      readonly found: string | null;
    }
  | { readonly reason: "manifest-unknown-pipeline"; readonly path: JsonPath; readonly reference: string }
  | { readonly reason: "manifest-unknown-source"; readonly path: JsonPath; readonly reference: string }
  | { readonly reason: "manifest-unknown-device"; readonly path: JsonPath; readonly device: string }
  | { readonly reason: "manifest-device-cycle"; readonly path: JsonPath }
  | { readonly reason: "manifest-duplicate-name"; readonly path: JsonPath; readonly name: string }
  /** One reference leads to a pipeline with stages, another to one without: Python cannot sort null among texts. */
  | { readonly reason: "manifest-unsortable-references"; readonly path: JsonPath };

/** Carries a failure out of the walk over a manifest; never leaves this package. */
export class ManifestRefusal extends Error {
  readonly failure: ManifestFailure;
  constructor(failure: ManifestFailure) {
    super(failure.reason);
    this.failure = failure;
  }
}
