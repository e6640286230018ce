/** What causes mean whose word does not say it, as sentences without their full stop. */
const SENTENCES: ReadonlyMap<string, string> = new Map([
  [
    "content-encoding",
    "the server encodes the body although it was asked not to: as sent, its bytes are not those pinned, and nothing is decoded here",
  ],
  ["length-overrun", "more bytes followed than the answer said that its body has"],
  ["end-unknown", "only the end of the connection said where the body ends, and a cut would look the same"],
  ["empty-body", "the answer has no bytes at all"],
  ["larger-than-limit", "the body is larger than any may be whose pin says no size"],
  ["private-address", "the host is this machine, or in a network that is not public"],
  ["redirect-to-no-url", "the answer redirects to what is no url"],
  ["redirect-without-location", "the answer redirects, and does not say where to"],
]);

/** What a cause means in plain words; null where its word says enough. */
export function describePinCause(cause: string): string | null {
  return SENTENCES.get(cause) ?? null;
}
