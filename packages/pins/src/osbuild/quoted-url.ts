/** What Python's `urllib.parse.quote` leaves as it is in a path; osbuild quotes paths with it before it asks. */
const PLAIN = /[A-Za-z0-9_.~/-]/;

/** A path as osbuild asks for it: a `+` and a `%` are quoted too, which a url's own rules would leave. */
export function quotePath(path: string): string {
  return Array.from(path.toWellFormed(), (character) =>
    PLAIN.test(character) ? character : quoteCharacter(character),
  ).join("");
}

/** A url whose path is quoted as osbuild's curl source does it; what is no url stays, to be refused as it is. */
export function quoteUrl(text: string): string {
  const [, head, path, tail] = /^([A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*)([^?#]*)(.*)$/s.exec(text) ?? [];
  return head === undefined ? text : `${head}${quotePath(path ?? "")}${tail ?? ""}`;
}

function quoteCharacter(character: string): string {
  return Array.from(
    Buffer.from(character),
    (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
  ).join("");
}
