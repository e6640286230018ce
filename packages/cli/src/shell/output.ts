import type { Writable } from "node:stream";

/** Thrown by a write that did not arrive; `isClosed` when the reader just went away (`imagegate … | head`). */
export class OutputError extends Error {
  readonly code: string;

  constructor(cause: NodeJS.ErrnoException) {
    super(cause.message, { cause });
    this.code = cause.code ?? "UNKNOWN";
  }

  get isClosed(): boolean {
    return this.code === "EPIPE" || this.code === "ERR_STREAM_DESTROYED";
  }
}

/** Writes a text and comes back when the system has taken it. */
export function writeText(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(new OutputError(error)) : resolve()));
  });
}
