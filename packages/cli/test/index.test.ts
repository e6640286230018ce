import { expect, it } from "vitest";
import * as api from "../src/index.ts";

it("exports the texts that other shells print too", () => {
  expect(Object.keys(api).toSorted()).toEqual([
    "PLAIN",
    "acceptCommand",
    "chooseColors",
    "describeFailure",
    "escapeText",
    "formatCommand",
    "renderCheckReport",
    "renderDifferences",
    "renderFailure",
    "renderGenerateReport",
    "renderOrphans",
    "renderSummary",
    "renderWarnings",
    "runCaptured",
  ]);
});
