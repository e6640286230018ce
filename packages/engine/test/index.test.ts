import { expect, it } from "vitest";
import * as config from "../src/config.ts";
import * as engine from "../src/index.ts";
import * as project from "../src/project.ts";

it("exports this and nothing else", () => {
  expect(Object.keys(engine).sort()).toEqual([
    "CHECKSUMS_FOLDER",
    "accept",
    "check",
    "checkEach",
    "checkShards",
    "compareOperands",
    "configJsonSchema",
    "differenceOf",
    "discoverProjects",
    "explainCheck",
    "explainEach",
    "explainFolders",
    "explainRange",
    "findOrphanedRecords",
    "findRecord",
    "findWorkspaceRoot",
    "fingerprintBytes",
    "fixup",
    "generate",
    "history",
    "loadProject",
    "migrate",
    "namesOf",
    "openReview",
    "openSession",
    "packageClosure",
    "parseConfig",
    "parseReport",
    "partOf",
    "projectOf",
    "recordKindOf",
    "reportJsonSchema",
    "resolveOperand",
    "selectProjects",
  ]);
  expect(Object.keys(config).sort()).toEqual(["configJsonSchema", "parseConfig"]);
  expect(Object.keys(project).sort()).toEqual([
    "CHECKSUMS_FOLDER",
    "digestScripts",
    "packageClosure",
    "projectOf",
    "recordKindOf",
  ]);
});
