import type { Provenance } from "../pin/pin.ts";
import { NOTHING_TOLD, type WrittenPin } from "../pin/written-pin.ts";

/** An item of a manifest's source as a pin: it has a checksum, and nothing but. */
export function writtenItem(checksum: string, urls: readonly string[], place: Provenance): WrittenPin {
  return {
    name: null,
    urls,
    digests: [{ text: checksum, declared: null }],
    sizeBytes: null,
    mediaType: null,
    trust: "tls",
    allowance: null,
    told: NOTHING_TOLD,
    place,
  };
}
