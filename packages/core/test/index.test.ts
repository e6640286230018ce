import { expect, it } from "vitest";
import * as explain from "../src/explain.ts";
import * as core from "../src/index.ts";
import * as report from "../src/report.ts";

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
    "describePinPlace",
    "escapeInvisible",
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

it("exports exactly this for explanations", () => {
  expect(Object.keys(explain).toSorted()).toEqual([
    "CLASS_SENTENCES",
    "defaultProfile",
    "describeChange",
    "explainChanges",
    "findRenames",
    "sketchManifest",
  ]);
});

it("exports exactly this for reports", () => {
  expect(Object.keys(report).toSorted()).toEqual([
    "MAX_ANNOTATIONS",
    "PIN_CLASSES",
    "PIN_CLASS_WORDS",
    "PIN_ISSUE_TITLE",
    "PIN_REPORT_VERSION",
    "REPORT_LIMITS",
    "REPORT_VERSION",
    "describePinPlaces",
    "describeUnverified",
    "formatPinReportJson",
    "formatReportJson",
    "pinIssueStateOf",
    "renderAnnotations",
    "renderHtml",
    "renderJunit",
    "renderMarkdown",
    "renderPinIssue",
    "renderPinIssueEnd",
    "renderPinJunit",
    "renderPinMarkdown",
    "renderPinSarif",
    "renderPinTerminal",
    "renderSarif",
    "renderTerminalReport",
    "reportDocument",
    "reportOf",
    "shortenText",
    "standingOf",
  ]);
});
