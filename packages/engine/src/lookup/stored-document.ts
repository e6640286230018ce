import {
  fail,
  joinTree,
  ok,
  parseTree,
  readJson,
  valueOf,
  type JsonValue,
  type Result,
  type Sha256,
} from "@imagegate/core";
import type { Store } from "@imagegate/host";
import type { LookupFailure } from "../failure.ts";

/** A document by its canonical bytes. */
export interface StoredDocument {
  /** The sha256 of its canonical JSON. */
  readonly digest: Sha256;
  readonly value: JsonValue;
}

/** A manifest that some run has kept, by the digest of its record: the canonical one, or a bare one; verified. */
export async function loadStoredDocument(
  store: Store,
  digest: string,
): Promise<Result<StoredDocument, LookupFailure>> {
  const entry = await store.read("manifest", digest);
  if (entry.status !== "hit") return fail({ reason: "not-in-store", digest });
  const tree = parseTree(Buffer.from(entry.bytes).toString("utf8"));
  if (!tree.ok) return tree;
  const blobs = new Map<Sha256, Uint8Array>();
  for (const part of tree.value.parts) {
    if (!("blob" in part) || blobs.has(part.blob)) continue;
    const blob = await store.read("blob", part.blob);
    if (blob.status === "hit") blobs.set(part.blob, blob.bytes);
  }
  const bytes = joinTree(tree.value, blobs);
  if (!bytes.ok) return bytes;
  const tape = readJson(bytes.value);
  return tape.ok ? ok({ digest: tree.value.digest, value: valueOf(tape.value) }) : tape;
}
