import { createHash, type Hash } from "node:crypto";
import type { DigestAlgorithm, PinDigest } from "../pin/pin.ts";
import { declaredBytes, framingOf, isEncoded, validatorOf, type AnswerHead } from "./answer.ts";
import type { Part } from "./range.ts";

/** Who keeps the bytes besides; neither function throws or waits. */
interface Keeper {
  /** Forgets all bytes so far. */
  restart(): void;
  write(bytes: Uint8Array): void;
}

/** What is wanted of a body. */
export interface BodyOptions {
  readonly algorithms: readonly DigestAlgorithm[];
  /** The sizes that it may have, null where any will do. */
  readonly sizes: readonly number[] | null;
  /** Where any size will do. */
  readonly maxBytes: number;
  readonly keeper: Keeper | null;
}

/** Why no more of a body is read. */
export type Excess = "another-size" | "beyond-limit";

const SAMPLE_BYTES = 512;

/** A body as it arrives, over one answer or several; its memory does not grow with it. */
export class Body {
  readonly #options: BodyOptions;
  readonly #longest: number;
  #hashes: readonly (readonly [DigestAlgorithm, Hash])[] = [];
  #sample: Buffer = Buffer.alloc(0);
  #hasAnotherSize = false;
  head: AnswerHead | null = null;
  /** As the answers say, null where none does. */
  wholeBytes: number | null = null;
  receivedBytes = 0;
  /** Over all answers, those that were begun anew included. */
  downloadedBytes = 0;
  isPieced = false;
  excess: Excess | null = null;

  constructor(options: BodyOptions) {
    this.#options = options;
    this.#longest = options.sizes === null ? Infinity : Math.max(...options.sizes);
  }

  /** Begins anew with an answer that has the whole. */
  restart(head: AnswerHead): void {
    const { algorithms, sizes, keeper } = this.#options;
    const declared = declaredBytes(head);
    this.head = head;
    this.wholeBytes = declared;
    this.#hashes = algorithms.map((algorithm) => [algorithm, createHash(algorithm)]);
    this.#sample = Buffer.alloc(0);
    // The length of an encoded body says nothing of what was pinned.
    this.#hasAnotherSize =
      sizes !== null && declared !== null && !isEncoded(head) && !sizes.includes(declared);
    this.receivedBytes = 0;
    this.isPieced = false;
    this.excess = null;
    keeper?.restart();
  }

  /** Goes on with an answer that has the rest. */
  resume(wholeBytes: number): void {
    this.wholeBytes = wholeBytes;
    this.isPieced = true;
  }

  write(bytes: Uint8Array): "more" | "stop" {
    this.receivedBytes += bytes.length;
    this.downloadedBytes += bytes.length;
    if (this.#sample.length < SAMPLE_BYTES)
      this.#sample = Buffer.concat([this.#sample, bytes]).subarray(0, SAMPLE_BYTES);
    this.excess = this.#findExcess();
    if (this.excess !== null) return "stop";
    for (const [, hash] of this.#hashes) hash.update(bytes);
    this.#options.keeper?.write(bytes);
    return "more";
  }

  /** What all of it hashes to; once, and only at its end. */
  digests(): readonly PinDigest[] {
    return this.#hashes.map(([algorithm, hash]) => ({ algorithm, hex: hash.digest("hex") }));
  }

  /** The first bytes. */
  get sample(): Uint8Array {
    return this.#sample;
  }

  /** Whether the answer says, or the bytes show, a size that is none of those wanted. */
  get hasAnotherSize(): boolean {
    return this.#hasAnotherSize || this.excess === "another-size";
  }

  /** What a request for the rest needs; null where only the whole can be asked for. */
  get part(): Part | null {
    if (this.head === null || this.receivedBytes === 0 || isEncoded(this.head)) return null;
    const validator = validatorOf(this.head);
    return validator === null
      ? null
      : { receivedBytes: this.receivedBytes, wholeBytes: this.wholeBytes, validator };
  }

  /**
   * Whether less came than was said, or the end of the connection was the only sign that the body is over, so that a cut
   * would look the same. A size that was pinned is as good as one that is said.
   */
  get isUnfinished(): boolean {
    if (this.wholeBytes !== null) return this.receivedBytes !== this.wholeBytes;
    if (this.head === null || framingOf(this.head) !== "close") return this.head === null;
    return this.#options.sizes?.includes(this.receivedBytes) !== true;
  }

  #findExcess(): Excess | null {
    if (this.#options.sizes === null)
      return this.receivedBytes > this.#options.maxBytes ? "beyond-limit" : null;
    // The beginning tells a page from an artifact.
    if (this.receivedBytes < SAMPLE_BYTES) return null;
    return this.#hasAnotherSize || this.receivedBytes > this.#longest ? "another-size" : null;
  }
}
