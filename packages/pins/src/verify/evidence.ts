import type { PinDigest } from "../pin/pin.ts";
import type { Transfer } from "../http/transfer.ts";
import type { Evidence } from "./verdict.ts";

const MAX_TEXT_CHARACTERS = 80;

/** Evidence of nothing. */
export const NO_EVIDENCE: Evidence = {
  digests: [],
  sizeBytes: null,
  contentType: null,
  firstText: null,
  status: null,
  finalUrl: null,
  isProxied: false,
};

/** What a transfer saw, for people to judge by; bytes that are what was pinned need no look at their beginning. */
export function evidenceOf(asked: string, transferred: Transfer, isPinned: boolean): Evidence {
  const { end, head, body, url } = transferred;
  const digests: readonly PinDigest[] = end.kind === "whole" ? end.digests : [];
  const isBody = ["whole", "another-size", "beyond-limit"].includes(end.kind);
  return {
    digests,
    sizeBytes: end.kind === "whole" ? body.receivedBytes : isBody ? body.wholeBytes : null,
    contentType: head?.headers["content-type"] ?? null,
    firstText: isBody && !isPinned ? firstText(body.sample) : null,
    status: head?.status ?? null,
    finalUrl: URL.canParse(asked) && new URL(asked).href === url.href ? null : withoutSecrets(url),
    isProxied: transferred.isProxied,
  };
}

/** The beginning of bytes when it is text, null for anything else. */
export function firstText(sample: Uint8Array): string | null {
  let text: string;
  try {
    // A sample may end within a character.
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(sample, { stream: true });
  } catch {
    return null;
  }
  const isText = text !== "" && !/[^\P{Cc}\s]/u.test(text);
  return isText ? [...text].slice(0, MAX_TEXT_CHARACTERS).join("") : null;
}

/** Whether bytes are a web page rather than what somebody would pin, by their type or their beginning. */
export function isPage(contentType: string | null, sample: Uint8Array): boolean {
  if (/^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(contentType ?? "")) return true;
  const start = Buffer.from(sample)
    .toString("latin1")
    .replace(/^(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*|<\?xml.*?\?>\s*)*/s, "");
  return /^<(?:!doctype\s+html|html|head|body)\b/i.test(start);
}

function withoutSecrets(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}
