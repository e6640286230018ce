/** The address of the next page that a `Link` header names (RFC 8288), null on the last page. */
export function nextPage(header: string | undefined): string | null {
  for (const [, address = "", parameters = ""] of (header ?? "").matchAll(/<([^<>]*)>([^<]*)/g)) {
    if (/;\s*rel="?(?:[^"]*\s)?next(?:\s[^"]*)?"?\s*(?:[;,]|$)/i.test(parameters)) return address;
  }
  return null;
}
