import { renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { threadId } from "node:worker_threads";
import {
  bareDigest,
  fail,
  fingerprintDocument,
  formatTree,
  ok,
  readJson,
  splitDocument,
  type BareSource,
  type FingerprintedDocument,
  type RecordKind,
  type Result,
} from "@imagegate/core";
import {
  makeFolderSync,
  openFileReader,
  openStore,
  Sealer,
  temporaryPath,
  type EntryContent,
  type Store,
  type WriteFailure,
} from "@imagegate/host";
import type { FingerprintFailure } from "../failure.ts";
import {
  formatKnownFingerprint,
  knownFingerprint,
  knownFingerprintKey,
  readKnownFingerprint,
  type KnownFingerprint,
} from "./known-fingerprints.ts";
import type {
  FingerprintAnswer,
  FingerprintSettings,
  FingerprintTask,
  ManifestAnswer,
  ManifestTask,
} from "./task.ts";

/** One store a thread: it remembers what it has seen. */
const stores = new Map<string, Store>();

/** And what it lacks, until a task is done. */
const sealer = new Sealer();

/** One manifest is done with before the next is read. */
const readManifest = openFileReader();

/** Works on manifests one after the other; one that fails does not keep the others. */
export async function fingerprintManifests({
  manifests,
  settings,
}: FingerprintTask): Promise<FingerprintAnswer> {
  const answers: ManifestAnswer[] = [];
  for (const manifest of manifests) answers.push(await fingerprintManifest(manifest, settings));
  return { manifests: answers, sealed: [sealer.take()] };
}

/** Reads or generates one manifest, writes it out, fingerprints it, and seals for the store what that lacks of it. */
async function fingerprintManifest(
  task: ManifestTask,
  settings: FingerprintSettings,
): Promise<ManifestAnswer> {
  const startedAtMs = clockMs();
  const store = storeOf(settings.storeRoot);
  const damagedBefore = store.damaged;
  const bytes = await manifestBytes(task, settings);
  if (!bytes.ok) return bytes;
  const generationMs = clockMs() - startedAtMs;
  const document = fingerprintOf(bytes.value, settings);
  if (!document.ok) return document;
  const written = writeOutput(task.outputPath, bytes.value);
  if (!written.ok) return written;
  const { recorded, whole, bareDigest } = document.value;
  return ok({
    name: task.name,
    fingerprint: recorded,
    bareDigest,
    inspected:
      settings.returnInspected && whole !== null
        ? { bytes: new Uint8Array(bytes.value), fingerprint: whole }
        : null,
    generationMs,
    span: { thread: threadId, startedAtMs, durationMs: clockMs() - startedAtMs },
    damagedEntries: store.damaged - damagedBefore,
  });
}

/** The clock of `WorkSpan`; that of `performance` begins anew in each thread, by a time of day that may be set. */
function clockMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

function fingerprintOf(
  raw: Uint8Array,
  settings: FingerprintSettings,
): Result<KnownFingerprint, FingerprintFailure> {
  const store = storeOf(settings.storeRoot);
  const key = knownFingerprintKey(raw, settings);
  const known = settings.known === "used" ? readKnownFingerprint(store, key, settings) : undefined;
  if (known !== undefined) return ok(known);
  const tape = readJson(raw);
  if (!tape.ok) return tape;
  const document = fingerprintDocument(tape.value, settings.mode);
  if (!document.ok) return document;
  const { canonical, fingerprint } = document.value;
  const bare = bareDigestOf(settings.recordKind, { raw, canonical: () => canonical.bytes });
  const found = knownFingerprint(fingerprint, bare);
  const kept: EntryContent = { kind: "fingerprint", key, payload: formatKnownFingerprint(found, settings) };
  // In this order: whoever finds the last finds all of it.
  store.sealAbsent([...manifestEntries(document.value, bare), kept], sealer);
  return ok(found);
}

function bareDigestOf(kind: RecordKind, source: BareSource): string | null {
  return kind.form === "digest" ? bareDigest(kind, source) : null;
}

async function manifestBytes(
  task: ManifestTask,
  { maxManifestBytes }: FingerprintSettings,
): Promise<Result<Uint8Array, FingerprintFailure>> {
  const { source } = task;
  if (source.kind === "file") return readManifest(source.path, maxManifestBytes);
  // The compiler of definitions is not loaded for manifests that are files.
  const { generateImage } = await import("../generators/module-images.ts");
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
    makeFolderSync(dirname(path));
    writeFileSync(temporary, bytes, { flag: "wx" });
    renameSync(temporary, path);
    return ok(undefined);
  } catch (cause) {
    removeIfThere(temporary);
    return fail({
      reason: "write-failed",
      path,
      code: (cause as NodeJS.ErrnoException).code ?? "unknown",
      cause,
    });
  }
}

function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The failure that counts is the one before.
  }
}

function storeOf(root: string): Store {
  const store = stores.get(root) ?? openStore({ root });
  stores.set(root, store);
  return store;
}

/** What the store keeps of a manifest: the base of later explanations, under its own digest and that of a bare record. */
function manifestEntries(
  { canonical, fingerprint }: FingerprintedDocument,
  bare: string | null,
): readonly EntryContent[] {
  const { tree, blobs } = splitDocument(canonical, fingerprint.manifest);
  const payload = Buffer.from(formatTree(tree));
  return [
    ...blobs.map(({ digest, bytes }): EntryContent => ({
      kind: "blob",
      key: digest,
      payload: bytes,
      digest,
    })),
    { kind: "manifest", key: fingerprint.manifest, payload },
    ...(bare === null ? [] : [{ kind: "manifest", key: bare, payload } as const]),
  ];
}
