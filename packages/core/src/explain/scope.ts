import { splitName } from "./name-parts.ts";
import type { ExplainProfile } from "./profile.ts";
import { ScopeSearch } from "./scope-search.ts";

/** Words longer than this name the set by its list. */
export const maxScopeLength = 400;

/**
 * Words that name exactly a set of manifests among all: the shortest found of boxes (values of parts of their names),
 * boxes with exceptions, and several of them, joined by `; `.
 *
 * `all 55 of eln_11`, `all 30 ami of fedora 43–45 except on aarch64`. In a phrase, each part has its word and a list of
 * values; a whole family of releases is called by its name, some of them `fedora 43–45` or `rhel 9.*`; `edge_*` are all
 * values that begin so. What would be too long is said to be listed.
 */
export function scopeWords(
  manifests: readonly string[],
  universe: readonly string[],
  profile: ExplainProfile,
): string {
  const chosen = new Set(manifests);
  const all = [...new Set(universe)].toSorted().map((name) => splitName(name, profile));
  const search = new ScopeSearch(all, profile);
  const phrase = search.phrase(all.flatMap(({ name }, index) => (chosen.has(name) ? [index] : [])));
  return phrase !== null && phrase.length <= maxScopeLength
    ? phrase
    : `${chosen.size} of all ${all.length}, as listed`;
}
