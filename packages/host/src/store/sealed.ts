import type { Sha256 } from "@imagegate/core";
import { envelopeHeader } from "./envelope.ts";
import type { StoreKind } from "./path.ts";

/** An entry's content and where it belongs. */
export interface EntryContent {
  readonly kind: StoreKind;
  readonly key: string;
  readonly payload: Uint8Array;
  /** The payload's sha256, where whoever made it knows it: reads verify it in any case. */
  readonly digest?: Sha256;
}

/** One entry among many that are handed over together. */
export interface SealedEntry {
  readonly kind: StoreKind;
  readonly key: string;
  /** What the entry takes of the bytes, after those before it. */
  readonly sizeBytes: number;
  /** Whether a damaged one stands in its place. */
  readonly replaces: boolean;
}

/** Entries that a thread sealed for another one to write: a plain value. */
export interface SealedEntries {
  readonly entries: readonly SealedEntry[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** More than one entry is probably many. */
const MANY_BYTES = 256 * 1024;

/** What is kept between two takings: more was one large document. */
const KEPT_BYTES = 8 * 1024 * 1024;

/** Seals entries one behind the other; a class, because its storage outlives what is taken out of it. */
export class Sealer {
  #entries: SealedEntry[] = [];
  #storage = Buffer.allocUnsafeSlow(0);
  #length = 0;

  /** A blob under a key that is not its sha256 throws, unless its digest is given, which reads verify. */
  add({ kind, key, payload, digest }: EntryContent, replaces: boolean): void {
    const header = envelopeHeader(kind, key, payload, digest);
    const sizeBytes = header.length + payload.length;
    if (this.#length + sizeBytes > this.#storage.length) this.#grow(sizeBytes);
    this.#storage.write(header, this.#length, "latin1");
    this.#storage.set(payload, this.#length + header.length);
    this.#length += sizeBytes;
    this.#entries.push({ kind, key, sizeBytes, replaces });
  }

  /**
   * All that was added since the last time, in memory that holds nothing else. It is to be copied to another thread, not
   * moved: the first memory that a thread gives away makes V8 throw away all code that reads bytes (docs/performance.md).
   */
  take(): SealedEntries {
    const sealed = { entries: this.#entries, bytes: new Uint8Array(this.#storage.subarray(0, this.#length)) };
    this.#entries = [];
    if (this.#storage.length > KEPT_BYTES) this.#storage = Buffer.allocUnsafeSlow(0);
    this.#length = 0;
    return sealed;
  }

  #grow(sizeBytes: number): void {
    const least = this.#length === 0 ? 0 : Math.max(MANY_BYTES, this.#storage.length * 2);
    const grown = Buffer.allocUnsafeSlow(Math.max(least, this.#length + sizeBytes));
    this.#storage.copy(grown, 0, 0, this.#length);
    this.#storage = grown;
  }
}
