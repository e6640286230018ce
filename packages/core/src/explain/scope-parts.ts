import type { PartedName } from "./name-parts.ts";
import type { ExplainProfile } from "./profile.ts";
import { affixes, createSpeller, releaseGroups, type Speller } from "./value-words.ts";

/** Some values of one part, in words. */
export interface Side {
  readonly part: number;
  readonly word: string;
  readonly members: ReadonlySet<string>;
  readonly words: string;
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
  readonly #values: readonly string[];
  readonly #spell: Speller;
  readonly #patterns: readonly ReadonlySet<string>[];

  constructor(naming: PartNaming, all: readonly PartedName[]) {
    this.part = naming.part;
    this.#naming = naming;
    this.#values = all.map(({ values }) => values[naming.part] as string);
    const distinct = [...new Set(this.#values)].toSorted();
    this.#spell = createSpeller(distinct, naming.profile);
    this.#patterns =
      naming.profile === null
        ? affixes(distinct).map(({ members }) => members)
        : releaseGroups(distinct, naming.profile);
  }

  /** The values that some names have, by their indices, then the narrowest pattern that holds them all and more. */
  sides(names: readonly number[]): readonly Side[] {
    const values = new Set(names.map((name) => this.#values[name] as string));
    const wider = this.#patterns
      .filter((members) => members.size > values.size && [...values].every((value) => members.has(value)))
      .toSorted((a, b) => a.size - b.size)
      .slice(0, 1);
    return [values, ...wider].map((members) => this.#side(members));
  }

  #side(members: ReadonlySet<string>): Side {
    const { part, word } = this.#naming;
    const list = this.#spell(members);
    return { part, word, members, words: word === "" ? list : `${word} ${list}` };
  }
}
