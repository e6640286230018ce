import { formatDigest } from "../pin/digest.ts";
import { joinPlaces } from "../pin/places.ts";
import type { PinVerdict } from "../verify/verdict.ts";

/** Verdicts on the same bytes in several documents as one, with every place that has them. */
export function mergeInline(verdicts: readonly PinVerdict[]): readonly PinVerdict[] {
  const merged = new Map<string, PinVerdict>();
  for (const verdict of verdicts) {
    const key = [verdict.url, ...verdict.evidence.digests.map(formatDigest)].join(" ");
    const known = merged.get(key);
    merged.set(key, known === undefined ? verdict : withPlaces(known, verdict));
  }
  return [...merged.values()];
}

function withPlaces(verdict: PinVerdict, { pin }: PinVerdict): PinVerdict {
  const provenance = joinPlaces(verdict.pin.provenance, pin.provenance);
  return { ...verdict, pin: { ...verdict.pin, provenance } };
}
