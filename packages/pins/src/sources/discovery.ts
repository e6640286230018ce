import { findFiles } from "@imagegate/host";
import { fail, ok, type Result } from "@imagegate/core";
import type { PinsFailure } from "../failure.ts";

/** What the name of a pins file ends with. */
export const PINS_FILE_ENDING = ".pins.json";

/** Every `*.pins.json` below a folder outside `node_modules`, `dist` and dot folders, sorted; none is a failure. */
export async function findPinsFiles(root: string): Promise<Result<readonly string[], PinsFailure>> {
  const ignore = ["**/node_modules/**", "**/dist/**"];
  const found = await findFiles([`**/*${PINS_FILE_ENDING}`], {
    cwd: root,
    ignore,
    followSymbolicLinks: false,
  });
  if (!found.ok) return found;
  return found.value.length === 0 ? fail({ reason: "pins-file-none", root }) : ok(found.value);
}
