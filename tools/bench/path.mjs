import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Whether PATH has an executable of a name. */
export function isOnPath(name) {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
