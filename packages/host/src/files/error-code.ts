/** The system's code of an error (`ENOENT`, `EACCES`, …), or `UNKNOWN` for an error that has none. */
export function errorCode(error: unknown): string {
  if (typeof error === "object" && error !== null && "code" in error && typeof error.code === "string") {
    return error.code;
  }
  return "UNKNOWN";
}
