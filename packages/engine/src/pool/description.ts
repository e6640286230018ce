import {
  fail,
  joinTree,
  ok,
  parseTree,
  readJson,
  type JsonFailure,
  type Result,
  type Sha256,
} from "@imagegate/core";
import {
  describeChange,
  sketchManifest,
  type ExplainProfile,
  type ManifestSketch,
} from "@imagegate/core/explain";
import { openFileReader, openStore, type Store } from "@imagegate/host";
import { LRUCache } from "lru-cache";
import type { DocumentFailure } from "../failure.ts";
import type {
  DescribeAnswer,
  DescribedPair,
  DescribeTask,
  DocumentPair,
  DocumentSource,
  SketchAnswer,
  SketchTask,
} from "./task.ts";

/** What a thread keeps of the sections that manifests share. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** The parts of stored manifests that this thread has seen, verified. */
const sections = new LRUCache<Sha256, Uint8Array>({
  maxSize: KEPT_BYTES,
  sizeCalculation: ({ length }) => length + 1,
});
const stores = new Map<string, Store>();

/** The two texts of a pair are needed together, and not after them. */
const [readBefore, readAfter] = [openFileReader(), openFileReader()];

/** Says what changed between two texts of each manifest, in their order; the first that cannot be read ends it. */
export function describePairs({ pairs, profile }: DescribeTask): DescribeAnswer {
  const described: DescribedPair[] = [];
  for (const pair of pairs) {
    const one = describePair(pair, profile);
    if (!one.ok) return one;
    described.push(one.value);
  }
  return ok(described);
}

function describePair(
  { before, after, exports }: DocumentPair,
  profile: ExplainProfile,
): Result<DescribedPair, DocumentFailure> {
  const old = readDocument(before, readBefore);
  if (!old.ok) return old;
  if (old.value === null) return ok({ kind: "unknown", side: "before" });
  const now = readDocument(after, readAfter);
  if (!now.ok) return now;
  if (now.value === null) return ok({ kind: "unknown", side: "after" });
  if (old.value.equals(now.value)) return ok({ kind: "same" });
  const [left, right] = [readJson(old.value), readJson(now.value)];
  if (!left.ok) return fail(documentFailure(before, left.failure));
  if (!right.ok) return fail(documentFailure(after, right.failure));
  const change = describeChange(left.value, right.value, { profile, exports });
  // White space, the order of keys: other bytes of the same manifest.
  return ok(change.items.length === 0 ? { kind: "same" } : { kind: "changed", change });
}

/** Sketches manifests that stand on one side only, so that they may be recognised under another name. */
export function sketchDocuments({ sources }: SketchTask): SketchAnswer {
  const sketches: (ManifestSketch | null)[] = [];
  for (const source of sources) {
    const document = readDocument(source, readBefore);
    if (!document.ok) return document;
    const tape = document.value === null ? null : readJson(document.value);
    if (tape !== null && !tape.ok) return fail(documentFailure(source, tape.failure));
    sketches.push(tape === null ? null : sketchManifest(tape.value));
  }
  return ok(sketches);
}

/** A document's bytes; null when the store does not have all of them. */
function readDocument(
  source: DocumentSource,
  readFile: typeof readBefore,
): Result<Buffer | null, DocumentFailure> {
  if (source.kind === "stored") return ok(readStored(source));
  const bytes = readFile(source.path, source.maxBytes);
  if (!bytes.ok) return bytes;
  const { buffer, byteOffset, byteLength } = bytes.value;
  return ok(Buffer.from(buffer, byteOffset, byteLength));
}

function readStored({
  storeRoot,
  digest,
}: Extract<DocumentSource, { readonly kind: "stored" }>): Buffer | null {
  const store = storeOf(storeRoot);
  const entry = store.readSync("manifest", digest);
  if (entry.status !== "hit") return null;
  const tree = parseTree(Buffer.from(entry.bytes).toString("utf8"));
  if (!tree.ok) return null;
  const blobs = new Map<Sha256, Uint8Array>();
  for (const part of tree.value.parts) {
    if (!("blob" in part) || blobs.has(part.blob)) continue;
    const bytes = sections.get(part.blob) ?? readSection(store, part.blob);
    if (bytes !== undefined) blobs.set(part.blob, bytes);
  }
  const bytes = joinTree(tree.value, blobs);
  return bytes.ok ? bytes.value : null;
}

function readSection(store: Store, digest: Sha256): Uint8Array | undefined {
  const entry = store.readSync("blob", digest);
  if (entry.status !== "hit") return undefined;
  sections.set(digest, entry.bytes);
  return entry.bytes;
}

function storeOf(root: string): Store {
  const store = stores.get(root) ?? openStore({ root });
  stores.set(root, store);
  return store;
}

/** What the store holds was valid when it was kept. */
function documentFailure(source: DocumentSource, cause: JsonFailure): DocumentFailure {
  const path = source.kind === "file" ? source.path : source.digest;
  return { reason: "document-unreadable", path, cause };
}
