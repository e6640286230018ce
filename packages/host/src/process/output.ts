import type { Readable } from "node:stream";

/** Receives a line without its `\n`; stdout is read on once the promise it may return has settled. */
export type LineSink = (line: Uint8Array) => void | Promise<void>;

/** The bounds of stdout and where its lines go. */
export interface OutputBounds {
  readonly maxStdoutBytes: number;
  readonly maxLineBytes: number;
  readonly onStdoutLine: LineSink | undefined;
}

/** How reading stdout came to its end; `closed` means that we stopped listening. */
export type OutputEnd =
  | { readonly kind: "complete"; readonly stdout: Uint8Array }
  | { readonly kind: "closed"; readonly stdout: Uint8Array }
  | {
      readonly kind: "too-large";
      readonly stdout: Uint8Array;
      readonly bound: "stdout" | "line";
      readonly limitBytes: number;
    };

/** Reads a child's stdout. */
export interface StdoutReader {
  /** A number that moves while reading goes on, a busy receiver of lines included: equal numbers mean silence. */
  progress(): number;
  /** Reads to the end; rejects only with what the receiver of lines threw. */
  read(): Promise<OutputEnd>;
}

/** Reads it whole or line by line. */
export class OutputReader implements StdoutReader {
  readonly #stream: Readable;
  readonly #bounds: OutputBounds;
  #chunks: Buffer[] = [];
  #heldBytes = 0;
  #seenBytes = 0;
  #steps = 0;
  #inSink = false;

  constructor(stream: Readable, bounds: OutputBounds) {
    this.#stream = stream;
    this.#bounds = bounds;
  }

  progress(): number {
    if (this.#inSink) this.#steps += 1;
    return this.#steps;
  }

  async read(): Promise<OutputEnd> {
    const iterator = this.#stream.iterator({ destroyOnReturn: true });
    for (;;) {
      const next = await iterator.next().catch(() => undefined);
      if (next === undefined) return this.#end("closed");
      if (next.done === true) return this.#finish();
      const exceeded = await this.#take(next.value as Buffer);
      if (exceeded === undefined) continue;
      this.#stream.destroy();
      return exceeded;
    }
  }

  async #take(chunk: Buffer): Promise<OutputEnd | undefined> {
    this.#steps += 1;
    this.#seenBytes += chunk.length;
    const { maxStdoutBytes, maxLineBytes, onStdoutLine } = this.#bounds;
    if (this.#seenBytes > maxStdoutBytes) return this.#exceeded("stdout", maxStdoutBytes);
    if (onStdoutLine === undefined) {
      this.#hold(chunk);
      return undefined;
    }
    let from = 0;
    for (let to = chunk.indexOf(0x0a); to >= 0; to = chunk.indexOf(0x0a, from)) {
      if (this.#heldBytes + to - from > maxLineBytes) return this.#exceeded("line", maxLineBytes);
      this.#hold(chunk.subarray(from, to));
      await this.#deliver(onStdoutLine);
      if (this.#stream.destroyed && !this.#stream.readableEnded) return this.#end("closed");
      from = to + 1;
    }
    this.#hold(chunk.subarray(from));
    return this.#heldBytes > maxLineBytes ? this.#exceeded("line", maxLineBytes) : undefined;
  }

  async #finish(): Promise<OutputEnd> {
    const { onStdoutLine } = this.#bounds;
    if (onStdoutLine !== undefined && this.#heldBytes > 0) await this.#deliver(onStdoutLine);
    return this.#end("complete");
  }

  async #deliver(sink: LineSink): Promise<void> {
    const line = this.#drain();
    this.#inSink = true;
    try {
      await sink(line);
    } finally {
      this.#inSink = false;
      this.#steps += 1;
    }
  }

  #hold(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#heldBytes += chunk.length;
  }

  #drain(): Uint8Array {
    const bytes = Buffer.concat(this.#chunks, this.#heldBytes);
    this.#chunks = [];
    this.#heldBytes = 0;
    return bytes;
  }

  #end(kind: "complete" | "closed"): OutputEnd {
    return { kind, stdout: this.#rest() };
  }

  #exceeded(bound: "stdout" | "line", limitBytes: number): OutputEnd {
    return { kind: "too-large", bound, limitBytes, stdout: this.#rest() };
  }

  #rest(): Uint8Array {
    return this.#bounds.onStdoutLine === undefined ? this.#drain() : new Uint8Array();
  }
}
