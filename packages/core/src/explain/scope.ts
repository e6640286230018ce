import { splitName, type PartedName } from "./name-parts.ts";
import { countWords } from "./number-words.ts";
import type { ExplainProfile } from "./profile.ts";
import { ScopeSearch } from "./scope-search.ts";

/** Words longer than this name the set by its list. */
const maxScopeLength = 400;

/**
 * Words that name exactly a set of manifests among all: the shortest found of boxes (values of parts of their names),
 * boxes with exceptions, and several of them, joined by `; `.
 *
 * `all 55 of eln_11`, `all 30 ami of fedora 43–45 except on aarch64`. In a phrase, each part has its word and a list of
 * values; a whole family of releases is called by its name, some of them `fedora 43–45` or `rhel 9.*`; `edge_*` are all
 * values that begin so. What would be too long is said to be listed.
 */
export type ScopeNamer = (manifests: readonly string[]) => string;

/** A namer of sets among all manifests; each set is searched once. */
export function createScopeNamer(universe: readonly string[], profile: ExplainProfile): ScopeNamer {
  const all = [...new Set(universe)].toSorted().map((name) => splitName(name, profile));
  const search = new ScopeSearch(all, profile);
  const known = new Map<string, string>();
  return (manifests) => {
    const key = manifests.join("\n");
    const words = known.get(key) ?? nameSet(new Set(manifests), all, search);
    known.set(key, words);
    return words;
  };
}

function nameSet(chosen: ReadonlySet<string>, all: readonly PartedName[], search: ScopeSearch): string {
  const phrase = search.phraseOf(all.flatMap(({ name }, index) => (chosen.has(name) ? [index] : [])));
  return phrase !== null && phrase.length <= maxScopeLength
    ? phrase
    : `${countWords(chosen.size)} of all ${countWords(all.length)}, as listed`;
}
