import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Where the code of threads was built, which is nothing else's: workers run JavaScript only, from wherever this is run. */
export function threadsFolder(): string {
  return join(dirname(createRequire(import.meta.url).resolve("@imagegate/engine")), "pool");
}
