import { expect, test } from "vitest";
import * as host from "../src/index.ts";

test("the package's exports", () => {
  expect(Object.keys(host).toSorted()).toEqual([
    "EXPLAINING_KINDS",
    "STORE_KINDS",
    "Sealer",
    "acquireLock",
    "artifactPath",
    "createArtifact",
    "exportStore",
    "findEntries",
    "findFiles",
    "importStore",
    "isStoreKey",
    "isTemporaryName",
    "makeFolder",
    "makeFolderSync",
    "openFileReader",
    "openStore",
    "pinVerdictFolder",
    "pruneStore",
    "readFileBounded",
    "readFileBoundedSync",
    "runProcess",
    "storeInfo",
    "storeRoot",
    "temporaryPath",
    "verifyArtifact",
    "verifyStore",
    "writeFileAtomic",
  ]);
});
