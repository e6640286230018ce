import { createHash, type Hash } from "node:crypto";
import { closeSync, createReadStream, ftruncateSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import { errorCode } from "../files/error-code.ts";
import { makeFolderSync } from "../files/folder.ts";
import { temporaryPath } from "../files/temporary.ts";
import { artifactFolder, isStoreKey } from "./path.ts";
import { FILE_MODE, FOLDER_MODE, type StoreWriteFailure } from "./write.ts";

/** Bytes that were kept whole. */
export interface StoredArtifact {
  readonly sha256: string;
  readonly path: string;
  readonly sizeBytes: number;
}

/**
 * Takes an artifact of any size as it arrives, into a temporary file. It is written at once, since whoever reads a
 * network cannot always be made to wait. A write that fails is told by `commit`; those after it do nothing.
 */
export interface ArtifactWriter {
  /** Forgets all bytes so far. */
  restart(): void;
  write(bytes: Uint8Array): void;
  /** Puts the bytes under their sha256; the last call but `discard`, which may follow anything. */
  commit(): Result<StoredArtifact, StoreWriteFailure>;
  discard(): void;
}

/** What a look at a kept artifact found: all of its bytes were read and hashed. */
export type ArtifactRead =
  | ({ readonly status: "hit" } & StoredArtifact)
  | { readonly status: "miss" }
  | { readonly status: "corrupt"; readonly path: string };

/** The file of an artifact: its bytes and nothing else, under their sha256. Throws for a text that is no key. */
export function artifactPath(root: string, sha256: string): string {
  if (!isStoreKey(sha256)) throw new RangeError(`not a store key: ${JSON.stringify(sha256)}`);
  return join(artifactFolder(root), sha256.slice(0, 2), sha256);
}

/** Reads an artifact to its end and compares it with its key; trouble of any kind is a miss. */
export async function verifyArtifact(root: string, sha256: string): Promise<ArtifactRead> {
  const path = artifactPath(root, sha256);
  const hash = createHash("sha256");
  let sizeBytes = 0;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      sizeBytes += chunk.length;
    }
  } catch {
    return { status: "miss" };
  }
  return hash.digest("hex") === sha256
    ? { status: "hit", sha256, path, sizeBytes }
    : { status: "corrupt", path };
}

/** Begins an artifact; nothing is on the disk before the first byte. */
export function createArtifact(root: string): ArtifactWriter {
  return new TemporaryArtifact(root);
}

class TemporaryArtifact implements ArtifactWriter {
  readonly #root: string;
  readonly #temporary: string;
  #file: number | undefined;
  #hash: Hash = createHash("sha256");
  #sizeBytes = 0;
  #failure: StoreWriteFailure | undefined;

  constructor(root: string) {
    this.#root = root;
    this.#temporary = temporaryPath(join(artifactFolder(root), "new"));
  }

  restart(): void {
    this.#hash = createHash("sha256");
    this.#sizeBytes = 0;
    this.#try(() => this.#file !== undefined && ftruncateSync(this.#file));
  }

  write(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#try(() => {
      this.#file ??= this.#open();
      for (let at = 0; at < bytes.length;) {
        at += writeSync(this.#file, bytes, at, bytes.length - at, this.#sizeBytes + at);
      }
    });
    this.#sizeBytes += bytes.length;
  }

  commit(): Result<StoredArtifact, StoreWriteFailure> {
    const sha256 = this.#hash.digest("hex");
    const path = artifactPath(this.#root, sha256);
    this.#try(() => {
      closeSync((this.#file ??= this.#open()));
      this.#file = undefined;
      makeFolderSync(dirname(path), FOLDER_MODE);
      renameSync(this.#temporary, path);
    });
    if (this.#failure === undefined) return ok({ sha256, path, sizeBytes: this.#sizeBytes });
    this.discard();
    return fail(this.#failure);
  }

  discard(): void {
    try {
      if (this.#file !== undefined) closeSync(this.#file);
      this.#file = undefined;
      rmSync(this.#temporary, { force: true });
    } catch {
      // What could not be written can rarely be removed.
    }
  }

  #open(): number {
    makeFolderSync(dirname(this.#temporary), FOLDER_MODE);
    return openSync(this.#temporary, "wx", FILE_MODE);
  }

  #try(work: () => unknown): void {
    if (this.#failure !== undefined) return;
    try {
      work();
    } catch (error) {
      const path = this.#temporary;
      this.#failure = { reason: "store-write-failed", path, code: errorCode(error), cause: error };
    }
  }
}
