/** A place in a JSON document: object keys and array indices from the root. */
export type JsonPath = readonly (string | number)[];

/** A path as a JSON Pointer (RFC 6901); the root is the empty text. */
export function formatPointer(path: JsonPath): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
