import { addAbortSignal, type Readable } from "node:stream";
import { fail, ok, type Result } from "@imagegate/core";
import type { CliFailure } from "../failure.ts";

/** All of stdin, or why not; an oversized one is not read to its end. */
export async function readStdin(
  stdin: Readable,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Result<Uint8Array, StdinFailure>> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of addAbortSignal(signal, stdin) as AsyncIterable<Uint8Array>) {
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes)
        return fail({ reason: "too-large", path: "-", sizeBytes, limitBytes: maxBytes });
      chunks.push(chunk);
    }
    return ok(Buffer.concat(chunks));
  } catch (cause) {
    if (signal.aborted) return fail({ reason: "cancelled" });
    return fail({ reason: "input-failed", code: (cause as NodeJS.ErrnoException).code ?? "UNKNOWN", cause });
  }
}

type StdinFailure =
  | Extract<CliFailure, { readonly reason: "input-failed" }>
  | { readonly reason: "cancelled" }
  | {
      readonly reason: "too-large";
      readonly path: string;
      readonly sizeBytes: number;
      readonly limitBytes: number;
    };
