/** Indices of one item in two lists. */
export interface Pair {
  readonly before: number;
  readonly after: number;
}

/** How many pairs of equal items are weighed exactly; beyond it a repeated item is paired with its own n-th repetition only. */
export const maxCandidatePairs = 1_000_000;

/** A list as the keys of its items: equal keys can be paired, null never is. */
export type Keys = readonly (number | null)[];

/**
 * A longest common subsequence of two lists, as ascending pairs (Hunt and Szymanski, 1977).
 * It takes O(p log p) for p pairs of equal keys; over `maxCandidatePairs` it is common, but no longer always longest.
 */
export function alignCommon(before: Keys, after: Keys): readonly Pair[] {
  const places = placesByKey(after);
  const total = before.reduce((sum: number, key) => sum + placesOf(places, key).length, 0);
  return increasingPairs(
    total > maxCandidatePairs ? alignRepetitions(before, after) : allPairs(before, places),
  );
}

/** The n-th item of a key with the n-th of the same key, in whatever order they stand; sorted by `before`. */
export function alignRepetitions(before: Keys, after: Keys): readonly Pair[] {
  const places = placesByKey(after);
  const repetitions = new Map<number | null, number>();
  return before.flatMap((key, index) => {
    const repetition = repetitions.get(key) ?? 0;
    repetitions.set(key, repetition + 1);
    const place = placesOf(places, key)[repetition];
    return place === undefined ? [] : [{ before: index, after: place }];
  });
}

/**
 * A longest run of pairs that ascends on both sides, of pairs sorted by `before`.
 * Pairs of one `before` must descend by `after`, so that at most one of them is chosen.
 */
export function increasingPairs(pairs: readonly Pair[]): readonly Pair[] {
  const ends: Chain[] = [];
  for (const pair of pairs) {
    const length = countBelow(ends, pair.after);
    ends[length] = { pair, previous: ends[length - 1] ?? null };
  }
  const chosen: Pair[] = [];
  for (let chain = ends.at(-1) ?? null; chain; chain = chain.previous) chosen.push(chain.pair);
  return chosen.toReversed();
}

interface Chain {
  readonly pair: Pair;
  readonly previous: Chain | null;
}

/** How many of the ascending chain ends lie below a position. */
function countBelow(ends: readonly Chain[], after: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const end = ends[middle];
    if (end && end.pair.after < after) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Places = ReadonlyMap<number, readonly number[]>;

function allPairs(before: Keys, places: Places): readonly Pair[] {
  return before.flatMap((key, index) =>
    placesOf(places, key)
      .map((place) => ({ before: index, after: place }))
      .toReversed(),
  );
}

/** The places of every key, ascending. */
function placesByKey(keys: Keys): Places {
  const places = new Map<number, number[]>();
  for (const [index, key] of keys.entries()) {
    if (key === null) continue;
    const known = places.get(key);
    if (known) known.push(index);
    else places.set(key, [index]);
  }
  return places;
}

function placesOf(places: Places, key: number | null): readonly number[] {
  return (key === null ? undefined : places.get(key)) ?? [];
}
