import { compareReleases, readRelease } from "./name-parts.ts";
import { groupBy } from "./finding.ts";
import type { ExplainProfile } from "./profile.ts";

/** What stands for the value of a part that a name does not have. */
const noValue = "nothing";

/** Names values of a part among all that it has: families and ranges of releases, shared beginnings, else each. */
export type Speller = (values: ReadonlySet<string>) => string;

/** A speller for a part; with a profile, for one whose values may be releases. */
export function createSpeller(all: readonly string[], profile: ExplainProfile | null): Speller {
  const words = profile === null ? affixSpeller(affixes(all)) : releaseSpeller(all, profile);
  return (values) => words(values).toSorted().join(", ");
}

type WordLister = (values: ReadonlySet<string>) => readonly string[];

function plain(value: string): string {
  return value === "" ? noValue : value;
}

interface Family {
  readonly value: string;
  readonly release: string;
}

function releaseSpeller(all: readonly string[], profile: ExplainProfile): WordLister {
  const known = new Set(all);
  const families = groupBy(all, (value) => {
    const family = readRelease(value, profile)?.family;
    return family === undefined || known.has(family) ? null : family;
  });
  const sorted = Array.from(families, ([family, members]) => ({
    family,
    members: members
      .map((value): Family => ({ value, release: readRelease(value, profile)?.release ?? "" }))
      .toSorted((a, b) => compareReleases(a.release, b.release)),
  }));
  return (values) =>
    sorted.flatMap(({ family, members }) =>
      family === null
        ? members.filter(({ value }) => values.has(value)).map(({ value }) => plain(value))
        : familyWords(family, members, values),
    );
}

/** All families of releases, and their majors, that have at least two members. */
export function releaseGroups(
  all: readonly string[],
  profile: ExplainProfile,
): readonly ReadonlySet<string>[] {
  const groups = groupBy(
    all.flatMap((value) => {
      const read = readRelease(value, profile);
      if (read === null) return [];
      const { family, release } = read;
      return [family, `${family} ${release.split(".")[0]}`].map((group) => ({ group, value }));
    }),
    ({ group }) => group,
  );
  return [...groups.values()]
    .filter((members) => members.length > 1)
    .map((members) => new Set(members.map(({ value }) => value)));
}

/** A family whole, else its majors, else its runs of releases. */
function familyWords(
  family: string,
  members: readonly Family[],
  values: ReadonlySet<string>,
): readonly string[] {
  const chosen = members.filter(({ value }) => values.has(value));
  if (chosen.length === members.length && members.length > 1) return [family];
  const range = runOf(members, values, chosen.length);
  if (range !== null) return [`${family} ${range}`];
  return [...groupBy(members, ({ release }) => release.split(".")[0])].flatMap(([major, group]) => {
    const own = group.filter(({ value }) => values.has(value));
    if (own.length === group.length && group.length > 1) return [`${family} ${major}.*`];
    const run = runOf(group, values, own.length);
    return run === null ? own.map(({ value }) => value) : [`${family} ${run}`];
  });
}

/** The first and the last of at least three neighbours that are all there are; null otherwise. */
function runOf(members: readonly Family[], values: ReadonlySet<string>, count: number): string | null {
  if (count < 3) return null;
  const start = members.findIndex(({ value }) => values.has(value));
  const run = members.slice(start, start + count);
  if (!run.every(({ value }) => values.has(value))) return null;
  return `${run[0]?.release}–${run.at(-1)?.release}`;
}

/** `edge_*` or `*_installer` for all values that begin or end so, then each that is left. */
function affixSpeller(known: readonly Affix[]): WordLister {
  return (values) => {
    const words: string[] = [];
    let open = [...values];
    for (const { word, members } of known) {
      if (members.size > values.size || ![...members].every((value) => values.has(value))) continue;
      const own = open.filter((value) => members.has(value));
      if (own.length < 2) continue;
      words.push(word);
      open = open.filter((value) => !members.has(value));
    }
    return [...words, ...open.map(plain)];
  };
}

/** A beginning or an end that several values share. */
export interface Affix {
  readonly word: string;
  readonly members: ReadonlySet<string>;
}

/** All beginnings and ends that at least three of the values share, those of most values first. */
export function affixes(all: readonly string[]): readonly Affix[] {
  const members = new Map<string, Set<string>>();
  for (const value of all) {
    for (let at = value.indexOf("_"); at !== -1; at = value.indexOf("_", at + 1)) {
      for (const word of [`${value.slice(0, at + 1)}*`, `*${value.slice(at)}`]) {
        members.set(word, (members.get(word) ?? new Set()).add(value));
      }
    }
  }
  return Array.from(members, ([word, own]) => ({ word, members: own }))
    .filter((affix) => affix.members.size > 2)
    .toSorted((a, b) => b.members.size - a.members.size || (a.word < b.word ? -1 : 1));
}
