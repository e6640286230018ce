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
  let count = 0;
  for (let word of set) {
    for (; word !== 0; word &= word - 1) count += 1;
  }
  return count;
}

/** The indices of a set, ascending. */
export function indicesOf(set: NameSet): readonly number[] {
  const indices: number[] = [];
  for (const [at, word] of set.entries()) {
    for (let bit = 0; bit < 32; bit += 1) if ((word & (1 << bit)) !== 0) indices.push(at * 32 + bit);
  }
  return indices;
}
