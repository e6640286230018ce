import { createHash } from "node:crypto";
import { describeFound } from "../documents/found.ts";
import { membersOf, placeOf } from "../documents/place.ts";
import type { PinsFailure } from "../failure.ts";
import { formatDigest, parseDigest } from "../pin/digest.ts";
import type { PinDigest, Provenance } from "../pin/pin.ts";
import { NOTHING_READ, type Reading } from "../sources/source.ts";
import { NO_EVIDENCE } from "../verify/evidence.ts";
import type { PinVerdict } from "../verify/verdict.ts";
import type { SourceSection } from "./section.ts";

/** `org.osbuild.inline`: the bytes stand in the manifest, and are judged without asking anybody. */
export function readInlineSource({ document, items, path }: SourceSection): Reading {
  const inline: PinVerdict[] = [];
  const problems: PinsFailure[] = [];
  for (const [checksum, value] of items) {
    const place = placeOf(document, [...path, checksum]);
    const digest = parseDigest({ text: checksum, declared: null });
    const bytes = decode(value);
    if (!digest.ok) problems.push({ reason: "pin-digest-invalid", place, ...digest.failure });
    else if (bytes === "unsupported") {
      const type = "org.osbuild.inline";
      problems.push({ reason: "pins-source-unsupported", place, type, because: "encoding" });
    } else if (bytes === "malformed") {
      const expected = "data in base64, and its encoding";
      problems.push({ reason: "pins-document-shape", place, expected, found: describeItem(value) });
    } else inline.push(judgeBytes(digest.value, bytes, place));
  }
  return { ...NOTHING_READ, inline, problems };
}

/** Base64 (RFC 4648 §4) in lines of any length. */
const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

/** The bytes of an item. */
function decode(value: unknown): Buffer | "unsupported" | "malformed" {
  const item = membersOf(value);
  const [encoding, data] = [item?.get("encoding"), item?.get("data")];
  if (typeof encoding !== "string" || typeof data !== "string") return "malformed";
  if (encoding !== "base64") return "unsupported";
  return BASE64.test(data) ? Buffer.from(data, "base64") : "malformed";
}

function describeItem(value: unknown): string {
  const item = membersOf(value);
  if (item === null) return describeFound(value);
  const data = item.get("data");
  const what = typeof data === "string" ? "other data" : `${describeFound(data)} as data`;
  return `${what}, and ${describeFound(item.get("encoding"))} as encoding`;
}

function judgeBytes(digest: PinDigest, bytes: Buffer, place: Provenance): PinVerdict {
  const hex = createHash(digest.algorithm).update(bytes).digest("hex");
  const url = `inline:${formatDigest(digest)}`;
  return {
    pin: {
      name: formatDigest(digest).slice(0, 19),
      urls: [url],
      digests: [digest],
      sizeBytes: null,
      mediaType: null,
      trust: "tls",
      provenance: [place],
      allowance: null,
    },
    url,
    class: hex === digest.hex ? "ok" : "drift",
    allowedClass: null,
    isAllowed: false,
    method: "inline",
    cause: null,
    evidence: {
      ...NO_EVIDENCE,
      digests: [{ algorithm: digest.algorithm, hex }],
      sizeBytes: bytes.length,
    },
    attempts: 0,
    durationMs: 0,
  };
}
