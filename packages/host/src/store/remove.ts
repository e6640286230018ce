import { rm } from "node:fs/promises";

/**
 * Removes what stands in the place of a stored file, whatever it is: a folder there is nobody's, and nothing could ever be
 * stored in its place. False when the system does not let us; what has vanished already is removed.
 */
export async function removeStored(path: string): Promise<boolean> {
  return rm(path, { force: true, recursive: true }).then(
    () => true,
    () => false,
  );
}
