import { isSha256, sha256, type Sha256 } from "../digest/sha256.ts";
import { fail, ok, type Result } from "../result.ts";
import type { CanonicalDocument } from "./sections.ts";

/** A stretch of canonical text that stands in the tree itself, or a section by the sha256 of its bytes. */
export type TreePart = { readonly text: string } | { readonly blob: Sha256 };

/** A section to store under its digest. */
export interface Blob {
  readonly digest: Sha256;
  readonly bytes: Uint8Array;
}

/** A document as parts: real manifests repeat their stages, so the blobs of many are few. */
export interface DocumentTree {
  /** Of the document's canonical bytes. */
  readonly digest: Sha256;
  readonly parts: readonly TreePart[];
}

/** A shorter section costs less in the tree than what it takes to keep it alone. */
const MIN_BLOB_BYTES = 512;

/** Splits canonical bytes, of a known digest, at their sections; short ones stay in the tree. */
export function splitDocument(
  { bytes, sections }: CanonicalDocument,
  digest: Sha256,
  minBlobBytes: number = MIN_BLOB_BYTES,
): { readonly tree: DocumentTree; readonly blobs: readonly Blob[] } {
  const parts: TreePart[] = [];
  const blobs = new Map<Sha256, Blob>();
  let position = 0;
  for (const { start, end } of sections) {
    if (end - start < minBlobBytes) continue;
    const section = bytes.subarray(start, end);
    const blob = { digest: sha256(section), bytes: section };
    blobs.set(blob.digest, blob);
    parts.push({ text: bytes.toString("utf8", position, start) }, { blob: blob.digest });
    position = end;
  }
  parts.push({ text: bytes.toString("utf8", position) });
  return { tree: { digest, parts }, blobs: [...blobs.values()] };
}

/** A tree as JSON text. */
export function formatTree({ digest, parts }: DocumentTree): string {
  return JSON.stringify({ digest, parts });
}

/** Why a stored tree cannot be used. */
export type TreeFailure =
  | { readonly reason: "tree-malformed" }
  | { readonly reason: "tree-blob-missing"; readonly blob: Sha256 }
  /** The blobs do not make up the document that the tree names. */
  | { readonly reason: "tree-mismatch"; readonly expected: Sha256; readonly actual: Sha256 };

/** Reads what `formatTree` wrote. */
export function parseTree(text: string): Result<DocumentTree, TreeFailure> {
  let tree: unknown;
  try {
    tree = JSON.parse(text);
  } catch {
    return fail({ reason: "tree-malformed" });
  }
  return isTree(tree) ? ok(tree) : fail({ reason: "tree-malformed" });
}

function isTree(tree: unknown): tree is DocumentTree {
  if (typeof tree !== "object" || tree === null || !("digest" in tree) || !("parts" in tree)) return false;
  const { digest, parts } = tree;
  return typeof digest === "string" && isSha256(digest) && Array.isArray(parts) && parts.every(isTreePart);
}

function isTreePart(part: unknown): part is TreePart {
  if (typeof part !== "object" || part === null) return false;
  if ("text" in part) return typeof part.text === "string";
  return "blob" in part && typeof part.blob === "string" && isSha256(part.blob);
}

/** Puts canonical bytes together again and verifies them. */
export function joinTree(
  { digest, parts }: DocumentTree,
  blobs: ReadonlyMap<Sha256, Uint8Array>,
): Result<Buffer, TreeFailure> {
  const pieces: Uint8Array[] = [];
  for (const part of parts) {
    const piece = "text" in part ? Buffer.from(part.text, "utf8") : blobs.get(part.blob);
    if (piece === undefined)
      return fail({ reason: "tree-blob-missing", blob: (part as { blob: Sha256 }).blob });
    pieces.push(piece);
  }
  const bytes = Buffer.concat(pieces);
  const actual = sha256(bytes);
  return actual === digest ? ok(bytes) : fail({ reason: "tree-mismatch", expected: digest, actual });
}
