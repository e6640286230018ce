import type { ExplainProfile } from "./profile.ts";

/** Words that name exactly a set of manifests among all. */
export function scopeWords(
  manifests: readonly string[],
  universe: readonly string[],
  profile: ExplainProfile,
): string {
  void profile;
  if (manifests.length === universe.length) return `all ${universe.length}`;
  return manifests.length <= 3 ? manifests.join(", ") : `${manifests.length} of ${universe.length}`;
}
