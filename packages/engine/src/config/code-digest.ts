import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Sha256 } from "@imagegate/core";

/** The sha256 of all scripts in a folder and below it, by their names: modules end in `js`, programs in `cjs`. */
export function digestScripts(folder: string, ending: "js" | "cjs"): Sha256 {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(`.${ending}`),
  );
  const hash = createHash("sha256");
  for (const path of files.sort()) hash.update(`${path}\n`).update(readFileSync(join(folder, path)));
  return hash.digest("hex") as Sha256;
}
