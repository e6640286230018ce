import { expect, it } from "vitest";
import * as core from "../src/index.ts";

it("exports exactly this", () => {
  expect(Object.keys(core).toSorted()).toEqual([
    "JsonNumber",
    "MAX_DEPTH",
    "bareDigest",
    "canonicalDocument",
    "canonicalizeValue",
    "compactLine",
    "compareDocuments",
    "compareManifests",
    "compareRecords",
    "computeIds",
    "describeDifference",
    "fail",
    "findNameCollisions",
    "fingerprintDocument",
    "formatPointer",
    "formatRecord",
    "formatTree",
    "isJsonArray",
    "isJsonObject",
    "isManifestName",
    "isSha256",
    "joinTree",
    "ok",
    "parseRecord",
    "parseTree",
    "rawMembers",
    "readJson",
    "recordFileName",
    "recordedManifestName",
    "sha256",
    "splitDocument",
    "valueOf",
  ]);
});
