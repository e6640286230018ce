/** A place in a JSON document: object keys and array indices from the root. */
export type JsonPath = readonly (string | number)[];

/** A path as a JSON Pointer (RFC 6901); the root is the empty text. */
export function formatPointer(path: JsonPath): string {
  let pointer = "";
  for (const step of path) pointer += `/${typeof step === "number" ? step : escapeKey(step)}`;
  return pointer;
}

function escapeKey(key: string): string {
  return /[~/]/.test(key) ? key.replaceAll("~", "~0").replaceAll("/", "~1") : key;
}
