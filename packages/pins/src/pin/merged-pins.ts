import { formatDigest } from "./digest.ts";
import type { Pin, PinDigest, Trust } from "./pin.ts";
import { joinPlaces } from "./places.ts";

const TRUSTS: readonly Trust[] = ["tls", "sums", "signed"];

/**
 * Pins of the same urls and digests as one pin, with every place that has it; the first to come up gives the name and
 * the order. Of what they add, any place may say it, and the weakest trust counts. They must not contradict each other.
 */
export function mergePins(pins: readonly Pin[]): readonly Pin[] {
  const groups = new Map<string, Pin[]>();
  for (const pin of pins) {
    const key = JSON.stringify([pin.urls, uniqueDigests(pin)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [pin]);
    else group.push(pin);
  }
  return Array.from(groups.values(), mergeGroup);
}

function uniqueDigests({ digests }: Pin): readonly string[] {
  return [...new Set(digests.map(formatDigest))];
}

function mergeGroup(group: readonly Pin[]): Pin {
  const [first, ...others] = group as readonly [Pin, ...Pin[]];
  const [digest, ...digests] = first.digests;
  const isFurther = ({ algorithm }: PinDigest, index: number): boolean =>
    algorithm !== digest.algorithm && digests.findIndex((one) => one.algorithm === algorithm) === index;
  return {
    ...first,
    digests: [digest, ...digests.filter(isFurther)],
    sizeBytes: firstOf(group, ({ sizeBytes }) => sizeBytes),
    mediaType: firstOf(group, ({ mediaType }) => mediaType),
    trust: TRUSTS.find((trust) => group.some((pin) => pin.trust === trust)) ?? first.trust,
    provenance: joinPlaces(
      first.provenance,
      others.flatMap(({ provenance }) => provenance),
    ),
    allowance: firstOf(group, ({ allowance }) => allowance),
  };
}

function firstOf<T>(group: readonly Pin[], read: (pin: Pin) => T | null): T | null {
  for (const pin of group) {
    const value = read(pin);
    if (value !== null) return value;
  }
  return null;
}
