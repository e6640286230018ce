import type { PinPlace } from "./pin-report.ts";

/** A place in a file: `pins.json:12 (/pins/0)`. */
export function describePinPlace({ path, pointer, line }: PinPlace): string {
  const at = line === null ? path : `${path}:${line}`;
  return pointer === null ? at : `${at} (${pointer === "" ? "the whole document" : pointer})`;
}
