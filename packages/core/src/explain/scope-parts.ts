import type { PartedName } from "./name-parts.ts";
import { createSet, doMeet, unite, type NameSet } from "./name-set.ts";
import type { ExplainProfile } from "./profile.ts";
import { affixes, createSpeller, releaseGroups, type Speller } from "./value-words.ts";

/** Some values of one part, in words, and all names that have one of them. */
export interface Side {
  readonly part: number;
  readonly word: string;
  readonly words: string;
  readonly names: NameSet;
}

/** What a part is called, and whether its values are releases. */
export interface PartNaming {
  readonly part: number;
  readonly word: string;
  /** Null where they are not. */
  readonly profile: ExplainProfile | null;
}

/** How the values of one part are called; that depends on all that there are. */
export class PartVocabulary {
  readonly part: number;
  readonly #naming: PartNaming;
  readonly #names = new Map<string, NameSet>();
  readonly #spell: Speller;
  readonly #patterns: readonly ReadonlySet<string>[];
  readonly #sides = new Map<string, Side>();

  constructor(naming: PartNaming, all: readonly PartedName[]) {
    this.part = naming.part;
    this.#naming = naming;
    const byValue = new Map<string, number[]>();
    for (const [index, { values }] of all.entries()) {
      const value = values[naming.part] as string;
      const known = byValue.get(value);
      if (known) known.push(index);
      else byValue.set(value, [index]);
    }
    const distinct = [...byValue.keys()].toSorted();
    for (const value of distinct) this.#names.set(value, createSet(byValue.get(value) ?? [], all.length));
    this.#spell = createSpeller(distinct, naming.profile);
    this.#patterns =
      naming.profile === null
        ? affixes(distinct).map(({ members }) => members)
        : releaseGroups(distinct, naming.profile);
  }

  /** The values that some names have, as a side of a box. */
  side(names: NameSet): Side {
    return this.#sideOf(this.#valuesOf(names));
  }

  /** That side, then the narrowest pattern that holds all the values and more. */
  sides(names: NameSet): readonly Side[] {
    const values = this.#valuesOf(names);
    const wider = this.#patterns
      .filter((members) => members.size > values.size && [...values].every((value) => members.has(value)))
      .toSorted((a, b) => a.size - b.size)
      .slice(0, 1);
    return [values, ...wider].map((members) => this.#sideOf(members));
  }

  #valuesOf(names: NameSet): ReadonlySet<string> {
    return new Set([...this.#names].flatMap(([value, own]) => (doMeet(own, names) ? [value] : [])));
  }

  #sideOf(members: ReadonlySet<string>): Side {
    const key = [...members].toSorted().join("\n");
    const known = this.#sides.get(key) ?? this.#createSide(members);
    this.#sides.set(key, known);
    return known;
  }

  #createSide(members: ReadonlySet<string>): Side {
    const { part, word } = this.#naming;
    const list = this.#spell(members);
    const sets = [...members].map((value) => this.#names.get(value) as NameSet);
    return { part, word, words: word === "" ? list : `${word} ${list}`, names: sets.reduce(unite) };
  }
}
