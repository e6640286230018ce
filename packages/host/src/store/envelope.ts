import { sha256, type Sha256 } from "@imagegate/core";
import type { StoreKind } from "./path.ts";

const MAX_HEADER_BYTES = 512;

const HEADER = /^imagegate-store 1 ([a-z]+) ([0-9a-f]+) sha256:([0-9a-f]{64}) (\d{1,15})$/;

/** The first way in which an entry's bytes are not what was written. */
export type EnvelopeProblem = "header" | "address" | "length" | "digest";

/** The payload of an entry, or what is wrong with it. */
export type OpenedEnvelope =
  | { readonly ok: true; readonly payload: Uint8Array }
  | { readonly ok: false; readonly problem: EnvelopeProblem };

/**
 * An entry's bytes: one header line `imagegate-store 1 KIND KEY sha256:DIGEST LENGTH`, then the payload.
 * Kind and key stand in it so that an entry moved to another place is told from one that belongs there. The key of a
 * blob must be its payload's sha256; anything else throws.
 */
export function sealEnvelope(kind: StoreKind, key: string, payload: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(envelopeHeader(kind, key, payload)), payload]);
}

/** The line before the payload, its end included: ASCII. `digest` is the payload's sha256, where it is known already. */
export function envelopeHeader(
  kind: StoreKind,
  key: string,
  payload: Uint8Array,
  digest: Sha256 = sha256(payload),
): string {
  if (kind === "blob" && digest !== key) throw new BlobKeyError(key);
  return header(kind, key, { digest, length: payload.length });
}

/** A blob under a key that is not its digest: a mistake in the calling code, so never turned into a failure value. */
export class BlobKeyError extends Error {
  constructor(key: string) {
    super(`the key of a blob must be its sha256: ${key}`);
  }
}

/** The size of an entry with a payload of `length` bytes: known before anything is hashed. */
export function envelopeSize(kind: StoreKind, key: string, length: number): number {
  return header(kind, key, { digest: "0".repeat(64), length }).length + length;
}

/** Opens an entry that was read from the place of `kind` and `key`; a blob's key must be its payload's sha256. */
export function openEnvelope(kind: StoreKind, key: string, bytes: Uint8Array): OpenedEnvelope {
  const header = readHeader(bytes);
  if (header === undefined) return { ok: false, problem: "header" };
  if (header.kind !== kind || header.key !== key) return { ok: false, problem: "address" };
  const payload = bytes.subarray(header.sizeBytes);
  if (payload.length !== header.payloadBytes) return { ok: false, problem: "length" };
  const { digest } = header;
  if (sha256(payload) !== digest || (kind === "blob" && digest !== key))
    return { ok: false, problem: "digest" };
  return { ok: true, payload };
}

/** What a header line says, believed by nobody yet. */
interface EnvelopeHeader {
  readonly kind: string;
  readonly key: string;
  readonly digest: string;
  readonly payloadBytes: number;
  /** Of the line, its end included. */
  readonly sizeBytes: number;
}

/** The header that bytes begin with. */
export function readHeader(bytes: Uint8Array): EnvelopeHeader | undefined {
  const end = bytes.subarray(0, MAX_HEADER_BYTES).indexOf(0x0a);
  const fields = end < 0 ? null : HEADER.exec(Buffer.from(bytes.subarray(0, end)).toString("latin1"));
  if (fields === null) return undefined;
  const [, kind = "", key = "", digest = "", length = ""] = fields;
  return { kind, key, digest, payloadBytes: Number(length), sizeBytes: end + 1 };
}

function header(kind: StoreKind, key: string, content: { digest: string; length: number }): string {
  return `imagegate-store 1 ${kind} ${key} sha256:${content.digest} ${content.length}\n`;
}
