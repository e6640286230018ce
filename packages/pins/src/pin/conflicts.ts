import type { Pin } from "./pin.ts";
import type { Claim, PinProblem } from "./problem.ts";

/**
 * What pins of several places say differently of one url: two digests of one algorithm, two sizes, media types or
 * allowances. In the order in which the urls come up.
 */
export function findConflicts(pins: readonly Pin[]): readonly PinProblem[] {
  const claims = new Map<string, Map<string, Map<string, Claim>>>();
  for (const pin of pins) {
    for (const url of pin.urls) {
      const ofUrl = entry(claims, url, () => new Map<string, Map<string, Claim>>());
      for (const [of, value] of claimsOf(pin)) {
        const values = entry(ofUrl, of, () => new Map<string, Claim>());
        if (!values.has(value)) values.set(value, { value, place: pin.provenance[0] });
      }
    }
  }
  const problems: PinProblem[] = [];
  for (const [url, ofUrl] of claims) {
    for (const [of, values] of ofUrl) {
      if (values.size > 1) problems.push({ reason: "pin-conflict", of, url, claims: [...values.values()] });
    }
  }
  return problems;
}

function claimsOf({ digests, sizeBytes, mediaType, allowance }: Pin): readonly (readonly [string, string])[] {
  return [
    ...digests.map(({ algorithm, hex }) => [algorithm, hex] as const),
    ...(sizeBytes === null ? [] : [["size", String(sizeBytes)] as const]),
    ...(mediaType === null ? [] : [["media type", mediaType] as const]),
    ...(allowance === null ? [] : [["allowance", `${allowance.expires} ${allowance.reason}`] as const]),
  ];
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
