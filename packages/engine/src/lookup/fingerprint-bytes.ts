import {
  fingerprintDocument,
  ok,
  readJson,
  type Fingerprint,
  type FingerprintMode,
  type Result,
} from "@imagegate/core";
import type { FingerprintFailure } from "../failure.ts";

/** The fingerprint of one document, from its text. */
export function fingerprintBytes(
  bytes: Uint8Array,
  mode: FingerprintMode,
): Result<Fingerprint, FingerprintFailure> {
  const tape = readJson(bytes);
  if (!tape.ok) return tape;
  const document = fingerprintDocument(tape.value, mode);
  return document.ok ? ok(document.value.fingerprint) : document;
}
