import { groupBy } from "./finding.ts";
import type { PartedName } from "./name-parts.ts";
import type { ExplainProfile } from "./profile.ts";
import { countCommon, countOf, createSet, indicesOf, intersect, subtract, type NameSet } from "./name-set.ts";
import { countWords } from "./number-words.ts";
import { PartVocabulary, type Side } from "./scope-parts.ts";

/** A phrase this short is not split to find a shorter one. */
const shortEnough = 60;
/** How many times a set is split, into how many terms, and how many names a phrase lists instead. */
const maxSplits = 3;
const maxTerms = 6;
const maxListed = 3;
/** How many boxes a search looks into before it settles for what it has. */
const maxBoxes = 4_000;

/** Indices of names, ascending. */
type Names = readonly number[];

/** The search for the shortest phrase that names some of all names and nothing else. */
export class ScopeSearch {
  readonly #all: readonly PartedName[];
  readonly #everyone: NameSet;
  readonly #parts: readonly PartVocabulary[];
  /** For each part what each name has but for it, equal ones by the same number. */
  readonly #rests: readonly (readonly number[])[];
  /** For each part the names that have a value. */
  readonly #totals: readonly ReadonlyMap<string, Names>[];
  /** What was found for single boxes, and how many boxes were looked into for it. */
  readonly #singles = new Map<string, { readonly phrase: string | null; readonly boxes: number }>();
  #boxes = 0;

  constructor(all: readonly PartedName[], profile: ExplainProfile) {
    this.#all = all;
    this.#rests = profile.parts.map((_, part) =>
      numberTexts(all.map(({ values }) => values.filter((_, index) => index !== part).join("\n"))),
    );
    this.#totals = profile.parts.map((_, part) => groupBy(all.keys(), (name) => this.#value(name, part)));
    this.#everyone = createSet(all.keys(), all.length);
    this.#parts = profile.parts.map(
      ({ word }, part) => new PartVocabulary({ part, word, profile: part === 0 ? profile : null }, all),
    );
  }

  /** The shortest phrase found for some names, by their indices, ascending; null when there is none. */
  phraseOf(names: Names): string | null {
    this.#boxes = 0;
    return this.#phrase(names, 0);
  }

  /** One box, else several. */
  #phrase(names: Names, depth: number): string | null {
    let best = this.#single(names);
    if (depth === maxSplits || (best !== null && best.length <= shortEnough)) return best;
    for (const { part } of this.#parts) {
      best = shorter(best, this.#terms(this.#byRest(names, part), depth));
      best = shorter(best, this.#terms(this.#byWholeness(names, part), depth));
    }
    return best;
  }

  /** Different sets split into the same groups, so each is searched once; what it took counts every time. */
  #single(names: Names): string | null {
    const chosen = createSet(names, this.#all.length);
    const key = chosen.join();
    const known = this.#singles.get(key);
    if (known !== undefined) {
      this.#boxes += known.boxes;
      return known.phrase;
    }
    const before = this.#boxes;
    const phrase = this.#searchSingle(names, chosen);
    this.#singles.set(key, { phrase, boxes: this.#boxes - before });
    return phrase;
  }

  #searchSingle(names: Names, chosen: NameSet): string | null {
    let best = names.length <= maxListed ? this.#list(names, "; ") : null;
    if (names.length === 1) return best;
    for (const sides of sideChoices(this.#parts.map((part) => part.sides(chosen)))) {
      const words = boxWords([`all ${countWords(names.length)}`], sides);
      if (best !== null && words.length >= best.length) continue;
      const excess = this.#countBox(this.#everyone, sides, { most: names.length, but: chosen });
      if (excess === 0) best = words;
      // Whoever leaves out more than he names has not named it.
      if (excess === 0 || excess > names.length) continue;
      const box = sides.reduce((names, side) => intersect(names, side.names), this.#everyone);
      best = this.#excepted(words, { box, rest: subtract(box, chosen) }, best);
    }
    return best;
  }

  /** The words with what must be left out of them: a box within theirs, or a few names; the best so far if that is shorter. */
  #excepted(
    words: string,
    { box, rest }: { readonly box: NameSet; readonly rest: NameSet },
    soFar: string | null,
  ): string | null {
    let best = soFar;
    if (best !== null && best.length <= words.length + " except ".length) return best;
    const count = countOf(rest);
    if (count <= maxListed) best = shorter(best, `${words} except ${this.#list(indicesOf(rest), ", ")}`);
    for (const sides of sideChoices(this.#parts.map((part) => [part.side(rest)]))) {
      if (sides.length === 0) continue;
      const phrase = boxWords([words, "except"], sides);
      if (best !== null && phrase.length >= best.length) continue;
      if (this.#countBox(box, sides, { most: count }) === count) best = phrase;
    }
    return best;
  }

  #list(names: Names, separator: string): string {
    return names.map((index) => this.#all[index]?.name).join(separator);
  }

  /** Most boxes are too large, which their first words tell. */
  #countBox(
    names: NameSet,
    sides: readonly Side[],
    { most, but }: { readonly most: number; readonly but?: NameSet },
  ): number {
    this.#boxes += 1;
    return countCommon([names, ...sides.map((side) => side.names)], most, but);
  }

  #value(name: number, part: number): string {
    return this.#all[name]?.values[part] as string;
  }

  /** Values of one part with the same rest go together. */
  #byRest(names: Names, part: number): readonly Names[] {
    const byValue = groupBy(names, (name) => this.#value(name, part));
    const restOf = (name: number): number => this.#rests[part]?.[name] as number;
    const groups = groupBy(byValue.values(), (group) => group.map(restOf).join());
    return Array.from(groups.values(), (group) => group.flat().toSorted((a, b) => a - b));
  }

  /** The values of one part of which every name is there, and all others. */
  #byWholeness(names: Names, part: number): readonly Names[] {
    const own = groupBy(names, (name) => this.#value(name, part));
    const isWhole = (name: number): boolean => {
      const value = this.#value(name, part);
      return this.#totals[part]?.get(value)?.length === own.get(value)?.length;
    };
    return [names.filter(isWhole), names.filter((name) => !isWhole(name))];
  }

  /** Several phrases, one for each group; null when there is nothing to split or no time left. */
  #terms(groups: readonly Names[], depth: number): string | null {
    const isSplit = groups.length > 1 && groups.every((group) => group.length > 0);
    if (!isSplit || groups.length > maxTerms || this.#boxes > maxBoxes) return null;
    const terms: string[] = [];
    for (const group of groups) {
      const term = this.#phrase(group, depth + 1);
      if (term === null) return null;
      terms.push(term);
    }
    return terms.join("; ");
  }
}

/** The part without a word first, then the parts in their order. */
function boxWords(start: readonly string[], sides: readonly Side[]): string {
  const [bare, worded] = [sides.filter(({ word }) => word === ""), sides.filter(({ word }) => word !== "")];
  return [...start, ...[...bare, ...worded].map(({ words }) => words)].join(" ");
}

/** All ways to choose a side or none of each part, fewer sides first. */
function sideChoices(parts: readonly (readonly Side[])[]): readonly (readonly Side[])[] {
  let choices: (readonly Side[])[] = [[]];
  for (const sides of parts) {
    choices = choices.flatMap((choice) => [choice, ...sides.map((side) => [...choice, side])]);
  }
  return choices.toSorted((a, b) => a.length - b.length);
}

function shorter(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return b.length < a.length ? b : a;
}

/** A number for each text, the same for equal ones. */
function numberTexts(texts: readonly string[]): readonly number[] {
  const numbers = new Map<string, number>();
  return texts.map((text) => {
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  });
}
