import { formatDigest } from "../pin/digest.ts";
import type { Pin } from "../pin/pin.ts";
import { addressOfUrl } from "../pin/url.ts";

/** What a pin may say of a url besides its digests. */
export type Addition = Pick<Pin, "sizeBytes" | "mediaType" | "allowance">;

const NOTHING: Addition = { sizeBytes: null, mediaType: null, allowance: null };

/**
 * What any of some pins says of a url and a digest, to be read for each url of each pin: what one says holds for all that
 * pin the same there, whatever other urls they have. They must not contradict each other; if they do, each is right for
 * itself, and the first for those that say nothing.
 */
export function collectAdditions(pins: readonly Pin[]): (pin: Pin, url: string) => Addition {
  const said = new Map<string, Addition>();
  for (const pin of pins) {
    for (const key of pin.urls.flatMap((url) => keysOf(pin, url))) {
      said.set(key, fill(said.get(key) ?? NOTHING, pin));
    }
  }
  return (pin, url) =>
    keysOf(pin, url).reduce((own, key) => fill(own, said.get(key) ?? NOTHING), fill(NOTHING, pin));
}

function keysOf({ digests }: Pin, url: string): readonly string[] {
  return digests.map((digest) => `${addressOfUrl(url)} ${formatDigest(digest)}`);
}

function fill(known: Addition, more: Addition): Addition {
  return {
    sizeBytes: known.sizeBytes ?? more.sizeBytes,
    mediaType: known.mediaType ?? more.mediaType,
    allowance: known.allowance ?? more.allowance,
  };
}
