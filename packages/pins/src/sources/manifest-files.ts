import { readFiles, type FileSet } from "./matching-files.ts";
import { readManifest } from "./osbuild-manifests.ts";
import type { PinSource } from "./source.ts";

/** Files that are known to be osbuild manifests, such as those of a family; none at all is a failure. */
export interface ManifestFiles extends FileSet {
  /** Types of sources that cannot be verified, reported instead of refused. */
  readonly unverified: readonly string[];
}

/** The pins of such files. */
export function manifestFilesSource({ unverified, ...files }: ManifestFiles): PinSource {
  return {
    read: (context) => readFiles(files, context, (path) => readManifest(path, unverified, context)),
  };
}
