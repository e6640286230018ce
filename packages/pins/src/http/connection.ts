import type { Socket } from "node:net";
import { errors } from "undici";

/** A connection as its answers show it. */
export interface Connection {
  /** Whether it brought bytes that answer no request, as after a body that is longer than its answer said. */
  hasOverrun: boolean;
}

/** The connection that is being read; undici hands each piece on while it reads it, and says nowhere from which. */
export interface Reading {
  connection: Connection | null;
}

/** Keeps in mind when a connection is read, and what comes over it that nobody asked for. */
export function watchConnection(socket: Socket, reading: Reading): void {
  const connection: Connection = { hasOverrun: false };
  const read = socket.read.bind(socket);
  socket.read = (size?: number): unknown => {
    reading.connection = connection;
    return read(size);
  };
  socket.on("error", (cause) => {
    connection.hasOverrun ||= isOverrun(cause);
  });
  // After an answer with `Connection: close` undici looks at nothing more; what came in one piece with the body's end it
  // puts back all the same.
  const putBack = socket.unshift.bind(socket);
  socket.unshift = (chunk: Uint8Array, encoding?: BufferEncoding): void => {
    connection.hasOverrun ||= chunk.length > 0 && socket.errored?.message === "reset";
    putBack(chunk, encoding);
  };
}

/** undici has but one code for such bytes and for a connection that was simply closed. */
function isOverrun(error: Error): boolean {
  return error instanceof errors.HTTPParserError || error.message === "bad response";
}
