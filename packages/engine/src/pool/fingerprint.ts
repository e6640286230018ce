import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import {
  bareDigest,
  fail,
  fingerprintDocument,
  formatTree,
  ok,
  readJson,
  splitDocument,
  type FingerprintedDocument,
  type Result,
} from "@imagegate/core";
import {
  openStore,
  readFileBoundedSync,
  temporaryPath,
  type Store,
  type StoreWriteFailure,
  type WriteFailure,
} from "@imagegate/host";
import type { FingerprintFailure } from "../failure.ts";
import { generateImage } from "../generators/module-images.ts";
import type { FingerprintAnswer, FingerprintTask } from "./task.ts";

/** One store a thread: it remembers what it has seen. */
const stores = new Map<string, Store>();

/** Reads or generates one manifest, writes it out, keeps it in the store and fingerprints it. */
export async function fingerprintManifest(task: FingerprintTask): Promise<FingerprintAnswer> {
  const startedAt = performance.now();
  const bytes = await manifestBytes(task);
  if (!bytes.ok) return bytes;
  const generationMs = performance.now() - startedAt;
  const tape = readJson(bytes.value);
  if (!tape.ok) return tape;
  const document = fingerprintDocument(tape.value, task.mode);
  if (!document.ok) return document;
  const written = writeOutput(task.outputPath, bytes.value);
  if (!written.ok) return written;
  const bare =
    task.recordKind.form === "digest"
      ? bareDigest(task.recordKind, { raw: bytes.value, canonical: () => document.value.canonical.bytes })
      : null;
  return ok({
    name: task.name,
    fingerprint: document.value.fingerprint,
    bareDigest: bare,
    bytes: task.returnBytes ? bytes.value : null,
    generationMs,
    storeFailures: keepManifest(storeOf(task.storeRoot), document.value, bare),
  });
}

async function manifestBytes(task: FingerprintTask): Promise<Result<Uint8Array, FingerprintFailure>> {
  const { source, maxManifestBytes } = task;
  if (source.kind === "file") return readFileBoundedSync(source.path, maxManifestBytes);
  const bytes = await generateImage(source, task.name);
  if (!bytes.ok || bytes.value.length <= maxManifestBytes) return bytes;
  const { length: sizeBytes } = bytes.value;
  return fail({ reason: "too-large", path: task.name, sizeBytes, limitBytes: maxManifestBytes });
}

/** Generated manifests can be generated again, so they are replaced whole but not forced to the disk. */
function writeOutput(path: string | null, bytes: Uint8Array): Result<void, WriteFailure> {
  if (path === null) return ok(undefined);
  const temporary = temporaryPath(path);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, bytes, { flag: "wx" });
    renameSync(temporary, path);
    return ok(undefined);
  } catch (cause) {
    rmSync(temporary, { force: true });
    return fail({
      reason: "write-failed",
      path,
      code: (cause as NodeJS.ErrnoException).code ?? "unknown",
      cause,
    });
  }
}

function storeOf(root: string): Store {
  const store = stores.get(root) ?? openStore({ root });
  stores.set(root, store);
  return store;
}

/** Keeps the manifest as the base of later explanations, under its own digest and that of a bare record. */
function keepManifest(
  store: Store,
  { canonical, fingerprint }: FingerprintedDocument,
  bare: string | null,
): { count: number; first: StoreWriteFailure } | null {
  const { tree, blobs } = splitDocument(canonical, fingerprint.manifest);
  const text = Buffer.from(formatTree(tree));
  const keys =
    bare === null || bare === fingerprint.manifest ? [fingerprint.manifest] : [fingerprint.manifest, bare];
  const failures: StoreWriteFailure[] = [];
  // Blobs before the tree that needs them; the first failure speaks for all, so a full disk is not asked a thousand times.
  for (const { digest, bytes } of blobs) {
    const kept = store.writeSync("blob", digest, bytes);
    if (!kept.ok) return { count: 1, first: kept.failure };
  }
  for (const key of keys) {
    const kept = store.writeSync("manifest", key, text);
    if (!kept.ok) failures.push(kept.failure);
  }
  return failures[0] === undefined ? null : { count: failures.length, first: failures[0] };
}
