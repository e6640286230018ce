import type { IncomingHttpHeaders } from "node:http";

/** An answer's status and headers. */
export interface AnswerHead {
  readonly status: number;
  /** By lower-case name; of repeated ones the values joined by `, ` (RFC 9110 §5.3). */
  readonly headers: Readonly<Record<string, string>>;
}

/** What says where a body ends: its length, its last chunk, or nothing but the end of the connection. */
export type Framing = "length" | "chunks" | "close";

/** An answer's head from what undici gives. */
export function answerHead(status: number, headers: IncomingHttpHeaders): AnswerHead {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) texts[name] = typeof value === "string" ? value : value.join(", ");
  }
  return { status, headers: texts };
}

/** How the end of a body shows (RFC 9112 §6.3). */
export function framingOf({ headers }: AnswerHead): Framing {
  if (headers["transfer-encoding"] !== undefined)
    return /chunked\s*$/i.test(headers["transfer-encoding"]) ? "chunks" : "close";
  return headers["content-length"] === undefined ? "close" : "length";
}

/** The length that an answer says its body has, null where it says none. */
export function declaredBytes(head: AnswerHead): number | null {
  return framingOf(head) === "length" ? Number(head.headers["content-length"]) : null;
}

/** Whether the bytes on the wire are another coding of what was asked for, although no coding was accepted. */
export function isEncoded({ headers }: AnswerHead): boolean {
  const codings = `${headers["content-encoding"] ?? ""},${headers["transfer-encoding"] ?? ""}`
    .toLowerCase()
    .split(",");
  return codings.some((coding) => !["", "identity", "chunked"].includes(coding.trim()));
}

/**
 * What a later request may name so that it gets a rest of the same bytes only: a strong ETag or a date
 * (RFC 9110 §13.1.5). Null without one.
 */
export function validatorOf({ headers }: AnswerHead): string | null {
  return strongEtagOf(headers["etag"]) ?? headers["last-modified"] ?? null;
}

/** An ETag that promises equal bytes, null for a weak one or something else. */
export function strongEtagOf(etag: string | undefined): string | null {
  return etag !== undefined && /^"[\x21\x23-\x7e\x80-\xff]*"$/.test(etag) ? etag : null;
}
