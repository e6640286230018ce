import { fetch, type Dispatcher } from "undici";
import type { Redact } from "./redaction.ts";

/** One request as it goes over the wire. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer, read to its end. */
export interface HttpAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** What became of one attempt. */
export type HttpOutcome =
  | { readonly kind: "answered"; readonly answer: HttpAnswer }
  | { readonly kind: "failed"; readonly code: string }
  | { readonly kind: "timed-out"; readonly timeoutMs: number }
  | { readonly kind: "too-large"; readonly limitBytes: number }
  | { readonly kind: "cancelled" };

/** What bounds an attempt. */
export interface TransportOptions {
  readonly dispatcher: Dispatcher;
  /** From the first byte sent to the last byte read. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** Applied to everything that comes back. */
  readonly redact: Redact;
  readonly signal: AbortSignal;
}

/** Sends a request once; a redirect is an answer like any other, so that no token follows it. */
export async function sendOnce(request: HttpRequest, options: TransportOptions): Promise<HttpOutcome> {
  const { dispatcher, timeoutMs, redact, signal } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  const bounded = AbortSignal.any([signal, timeout]);
  const { url, ...init } = request;
  try {
    const response = await fetch(url, { ...init, dispatcher, redirect: "manual", signal: bounded });
    const text = await readText(response.body, options.maxBytes);
    if (text === null) return { kind: "too-large", limitBytes: options.maxBytes };
    const headers = [...response.headers].map(([name, value]) => [name, redact(value)] as const);
    const answer = { status: response.status, headers: Object.fromEntries(headers), text: redact(text) };
    return { kind: "answered", answer };
  } catch (error) {
    if (signal.aborted) return { kind: "cancelled" };
    if (timeout.aborted) return { kind: "timed-out", timeoutMs };
    return { kind: "failed", code: codeOf(error) };
  }
}

async function readText(body: AsyncIterable<Uint8Array> | null, maxBytes: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of body ?? []) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The system's or undici's code; messages are left out, since they may quote a header. */
function codeOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (typeof code === "string") return code;
  }
  return "UNKNOWN";
}
