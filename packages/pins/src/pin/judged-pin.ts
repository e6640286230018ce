import { DIGEST_ALGORITHMS, parseDigest } from "./digest.ts";
import type { Pin, PinDigest } from "./pin.ts";
import type { PinProblem } from "./problem.ts";
import { nameOfUrl, parsePinUrl, type UrlRules } from "./url.ts";
import type { WrittenPin } from "./written-pin.ts";

/** A pin of one place, or all that is wrong with it. */
export interface JudgedPin {
  /** Null when there are problems. */
  readonly pin: Pin | null;
  readonly problems: readonly PinProblem[];
}

/** Judges one pin by itself; everything that is wrong is told at once. */
export function judgePin(written: WrittenPin, rules: UrlRules): JudgedPin {
  const { place, told } = written;
  const problems: PinProblem[] = [];
  const urls = new Set<string>();
  for (const text of written.urls) {
    const url = parsePinUrl(text, rules);
    if (url.ok) urls.add(url.value);
    else problems.push({ reason: "pin-url-invalid", place, ...url.failure });
  }
  const digests: PinDigest[] = [];
  for (const text of written.digests) {
    const digest = parseDigest(text);
    if (digest.ok) digests.push(digest.value);
    else problems.push({ reason: "pin-digest-invalid", place, ...digest.failure });
  }
  if (written.urls.length === 0 && !told.urls) problems.push({ reason: "pin-url-missing", place });
  const [url, ...mirrors] = urls;
  if (written.digests.length === 0 && !told.digests)
    problems.push({ reason: "pin-digest-missing", place, url: url ?? null });
  const [digest, ...more] = digests.sort(byAlgorithm);
  if (problems.length > 0 || url === undefined || digest === undefined) return { pin: null, problems };
  const { name, sizeBytes, mediaType, trust, allowance } = written;
  const pin: Pin = {
    name: name ?? nameOfUrl(url),
    urls: [url, ...mirrors],
    digests: [digest, ...more],
    sizeBytes,
    mediaType,
    trust,
    provenance: [place],
    allowance,
  };
  return { pin, problems };
}

function byAlgorithm(left: PinDigest, right: PinDigest): number {
  return DIGEST_ALGORITHMS.indexOf(left.algorithm) - DIGEST_ALGORITHMS.indexOf(right.algorithm);
}
