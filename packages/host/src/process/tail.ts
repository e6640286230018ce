/** The last bytes of a stream, in bounded memory. */
export class Tail {
  readonly #limit: number;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #cut = false;

  constructor(limitBytes: number) {
    this.#limit = limitBytes;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    // Joined at twice the limit, so that many small chunks cost little and memory stays bounded.
    if (this.#bytes > this.#limit * 2 || this.#chunks.length > 1024) this.#compact();
  }

  /** The tail as text; a character that the cut split is left out, bytes that are no UTF-8 become `U+FFFD`. */
  text(): string {
    this.#compact();
    const bytes = this.#chunks[0] ?? Buffer.alloc(0);
    let start = 0;
    while (this.#cut && start < 3 && isContinuation(bytes[start])) start += 1;
    return new TextDecoder().decode(bytes.subarray(start));
  }

  #compact(): void {
    const all = Buffer.concat(this.#chunks, this.#bytes);
    if (all.length > this.#limit) this.#cut = true;
    const tail = Buffer.from(all.subarray(Math.max(0, all.length - this.#limit)));
    this.#chunks = [tail];
    this.#bytes = tail.length;
  }
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
