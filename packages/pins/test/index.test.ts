import { expect, test } from "vitest";
import * as pins from "../src/index.ts";

test("the package's exports", () => {
  expect(Object.keys(pins).toSorted()).toEqual([
    "LIMITS",
    "PINS_FILE_ENDING",
    "applyUpdates",
    "exitOf",
    "fetchDigests",
    "findPinsFiles",
    "formatDigest",
    "openPinsDocument",
    "parsePinReport",
    "pinsJsonSchema",
    "planUpdates",
    "readPins",
    "selectEntries",
    "verifyPins",
    "writeUpdates",
  ]);
});
