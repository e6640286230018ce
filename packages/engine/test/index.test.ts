import { expect, it } from "vitest";
import * as config from "../src/config.ts";
import * as explain from "../src/explain.ts";
import * as engine from "../src/index.ts";
import * as jsonSchema from "../src/json-schema.ts";
import * as pool from "../src/pool.ts";
import * as project from "../src/project.ts";
import * as session from "../src/session.ts";

it("exports this and nothing else", () => {
  expect(Object.keys(engine).sort()).toEqual([
    "CHECKSUMS_FOLDER",
    "check",
    "checkShards",
    "compareOperands",
    "discoverProjects",
    "findOrphanedRecords",
    "findRecord",
    "findWorkspaceRoot",
    "fingerprintBytes",
    "generate",
    "history",
    "loadProject",
    "migrate",
    "packageClosure",
    "parseConfig",
    "partOf",
    "projectOf",
    "recordKindOf",
    "resolveOperand",
    "selectProjects",
  ]);
  expect(Object.keys(explain).sort()).toEqual([
    "accept",
    "checkEach",
    "differenceOf",
    "explainCheck",
    "explainEach",
    "explainFolders",
    "explainRange",
    "fixup",
    "namesOf",
    "openReview",
    "parseReport",
  ]);
  expect(Object.keys(pool).sort()).toEqual(["boundConcurrency", "openPool"]);
  expect(Object.keys(session)).toEqual(["openSession"]);
  expect(Object.keys(config)).toEqual(["parseConfig"]);
  expect(Object.keys(jsonSchema).sort()).toEqual(["configJsonSchema", "reportJsonSchema"]);
  expect(Object.keys(project).sort()).toEqual([
    "CHECKSUMS_FOLDER",
    "digestScripts",
    "packageClosure",
    "projectOf",
    "recordKindOf",
  ]);
});
