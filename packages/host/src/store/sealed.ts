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

/** Entries that a thread sealed for another one to write: a plain value whose memory may be given away. */
export interface SealedEntries {
  readonly entries: readonly SealedEntry[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** More than one entry is probably many. */
const MANY_BYTES = 256 * 1024;

/** Seals entries one behind the other; a class, because its storage grows. */
export class Sealer {
  #entries: SealedEntry[] = [];
  #storage = Buffer.allocUnsafeSlow(0);
  #length = 0;

  /** A blob under a key that is not its sha256 throws. */
  add({ kind, key, payload, digest }: EntryContent, replaces: boolean): void {
    const header = envelopeHeader(kind, key, payload, digest);
    const sizeBytes = header.length + payload.length;
    if (this.#length + sizeBytes > this.#storage.length) this.#grow(sizeBytes);
    this.#storage.write(header, this.#length, "latin1");
    this.#storage.set(payload, this.#length + header.length);
    this.#length += sizeBytes;
    this.#entries.push({ kind, key, sizeBytes, replaces });
  }

  /** All that was added since the last time; its bytes are not touched any more. */
  take(): SealedEntries {
    const sealed = { entries: this.#entries, bytes: this.#storage.subarray(0, this.#length) };
    this.#entries = [];
    this.#storage = Buffer.allocUnsafeSlow(0);
    this.#length = 0;
    return sealed;
  }

  #grow(sizeBytes: number): void {
    const least = this.#length === 0 ? 0 : Math.max(MANY_BYTES, this.#storage.length * 2);
    // Memory of its own: that of a pool cannot be given away.
    const grown = Buffer.allocUnsafeSlow(Math.max(least, this.#length + sizeBytes));
    this.#storage.copy(grown, 0, 0, this.#length);
    this.#storage = grown;
  }
}
