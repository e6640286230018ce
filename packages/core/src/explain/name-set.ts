/** Some of all names, one bit for each index. */
export type NameSet = Uint32Array;

/** The set of some indices below a count. */
export function createSet(indices: Iterable<number>, count: number): NameSet {
  const set = new Uint32Array(Math.ceil(count / 32));
  for (const index of indices) set[index >>> 5] = (set[index >>> 5] as number) | (1 << (index & 31));
  return set;
}

/** What both sets have. */
export function intersect(a: NameSet, b: NameSet): NameSet {
  const both = new Uint32Array(a.length);
  for (let at = 0; at < a.length; at += 1) both[at] = (a[at] as number) & (b[at] as number);
  return both;
}

/** What the first set has and the second has not. */
export function subtract(a: NameSet, b: NameSet): NameSet {
  const rest = new Uint32Array(a.length);
  for (let at = 0; at < a.length; at += 1) rest[at] = (a[at] as number) & ~(b[at] as number);
  return rest;
}

/** What either set has. */
export function unite(a: NameSet, b: NameSet): NameSet {
  return a.map((word, index) => word | (b[index] as number));
}

/** Whether two sets have anything in common. */
export function doMeet(a: NameSet, b: NameSet): boolean {
  for (let at = 0; at < a.length; at += 1) if (((a[at] as number) & (b[at] as number)) !== 0) return true;
  return false;
}

/** How many names a set has. */
export function countOf(set: NameSet): number {
  return countCommon([set], set.length * 32);
}

/** How many names all of some sets have, at least one, and another has not; no further than one beyond `most`. */
export function countCommon(sets: readonly NameSet[], most: number, but?: NameSet): number {
  const [first, ...others] = sets as readonly [NameSet, ...NameSet[]];
  let count = 0;
  for (let at = 0; at < first.length && count <= most; at += 1) {
    let word = first[at] as number;
    for (const other of others) word &= other[at] as number;
    if (but !== undefined) word &= ~(but[at] as number);
    count += bitsOf(word);
  }
  return Math.min(count, most + 1);
}

/** The ones of a word of 32 bits, all groups of it at once. */
function bitsOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The indices of a set, ascending. */
export function indicesOf(set: NameSet): readonly number[] {
  const indices: number[] = [];
  for (const [at, word] of set.entries()) {
    for (let bit = 0; bit < 32; bit += 1) if ((word & (1 << bit)) !== 0) indices.push(at * 32 + bit);
  }
  return indices;
}
