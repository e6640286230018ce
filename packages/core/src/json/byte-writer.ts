/** Spans shorter than this are copied byte by byte: cheaper than a view for `set`. */
const SHORT_SPAN = 48;

/** A growing buffer of bytes; a class, because its storage outlives what is written into it. */
export class ByteWriter {
  length = 0;
  #storage: Buffer;

  /** `sizeBytes`: what will probably be written. */
  constructor(sizeBytes: number) {
    this.#storage = Buffer.allocUnsafe(Math.max(sizeBytes, 256));
  }

  /** What was written since the last `clear`; a view that the next write may overwrite. */
  written(start = 0): Buffer {
    return this.#storage.subarray(start, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  writeByte(byte: number): void {
    if (this.length === this.#storage.length) this.#grow(1);
    this.#storage[this.length] = byte;
    this.length += 1;
  }

  /** Appends `source[start…end)`. */
  writeSpan(source: Uint8Array, start: number, end: number): void {
    const size = end - start;
    if (this.length + size > this.#storage.length) this.#grow(size);
    const storage = this.#storage;
    let target = this.length;
    if (size < SHORT_SPAN)
      for (let index = start; index < end; index++) storage[target++] = source[index] as number;
    else storage.set(source.subarray(start, end), target);
    this.length += size;
  }

  /** Appends a text of ASCII characters; for the short ones that stand between spans. */
  writeAscii(text: string): void {
    const size = text.length;
    if (this.length + size > this.#storage.length) this.#grow(size);
    const storage = this.#storage;
    const target = this.length;
    for (let index = 0; index < size; index++) storage[target + index] = text.charCodeAt(index);
    this.length += size;
  }

  /** Appends the UTF-8 bytes of a text. */
  writeText(text: string): void {
    const room = text.length * 3;
    if (this.length + room > this.#storage.length) this.#grow(room);
    this.length += this.#storage.write(text, this.length, "utf8");
  }

  #grow(size: number): void {
    const grown = Buffer.allocUnsafe(Math.max(this.#storage.length * 2, this.length + size));
    this.#storage.copy(grown, 0, 0, this.length);
    this.#storage = grown;
  }
}
