import type { Provenance } from "./pin.ts";

/** Places of several lists, each once, in the order in which they come up. */
export function joinPlaces(
  [first, ...more]: readonly [Provenance, ...Provenance[]],
  others: readonly Provenance[],
): readonly [Provenance, ...Provenance[]] {
  const seen = new Set([keyOf(first)]);
  const isNew = (place: Provenance): boolean => {
    const key = keyOf(place);
    return !seen.has(key) && seen.add(key).size > 0;
  };
  return [first, ...[...more, ...others].filter(isNew)];
}

function keyOf({ path, pointer, line }: Provenance): string {
  return JSON.stringify([path, pointer, line]);
}
