/** Spans shorter than this are copied by words: cheaper than a view for `set`. */
const SHORT_SPAN = 160;
const WORD_BYTES = 4;
const KEPT_BYTES = 1024 * 1024;

/** Bytes, and a view of the same bytes. */
export interface Spans {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** A view of exactly these bytes. */
export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** A growing buffer of bytes; a class, because its storage outlives what is written into it. */
export class ByteWriter {
  length = 0;
  #storage: Buffer;
  #view: DataView;

  /** `sizeBytes`: what will probably be written. */
  constructor(sizeBytes: number) {
    this.#storage = Buffer.allocUnsafe(Math.max(sizeBytes, 256));
    this.#view = viewOf(this.#storage);
  }

  /** What was written since the last `clear`; a view that the next write may overwrite. */
  written(start = 0): Buffer {
    return this.#storage.subarray(start, this.length);
  }

  /** Starts anew, and gives back what one large document took. */
  clear(): void {
    this.length = 0;
    if (this.#storage.length > KEPT_BYTES) this.#store(Buffer.allocUnsafe(KEPT_BYTES));
  }

  writeByte(byte: number): void {
    if (this.length === this.#storage.length) this.#grow(1);
    this.#storage[this.length] = byte;
    this.length += 1;
  }

  /** Appends the bytes from `start` to before `end`. */
  writeSpan({ bytes, view }: Spans, start: number, end: number): void {
    const size = end - start;
    if (this.length + size + WORD_BYTES > this.#storage.length) this.#grow(size + WORD_BYTES);
    if (size < SHORT_SPAN && end + WORD_BYTES <= bytes.length) this.#copyWords(view, start, end);
    else this.#storage.set(bytes.subarray(start, end), this.length);
    this.length += size;
  }

  /** Copies whole words: what the last one brings along is written over by the next write. */
  #copyWords(source: DataView, start: number, end: number): void {
    const target = this.#view;
    const shift = this.length - start;
    for (let at = start; at < end; at += WORD_BYTES)
      target.setInt32(at + shift, source.getInt32(at, true), true);
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
    this.#store(grown);
  }

  #store(storage: Buffer): void {
    this.#storage = storage;
    this.#view = viewOf(storage);
  }
}
