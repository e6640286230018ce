import { readJson } from "../../src/json/read.ts";
import type { JsonTape } from "../../src/json/tape.ts";

/** The tape of a text that must be readable. */
export function readTape(text: Uint8Array | string): JsonTape {
  const read = readJson(text);
  if (!read.ok) throw new Error(`not readable: ${JSON.stringify(read.failure)}`);
  return read.value;
}
