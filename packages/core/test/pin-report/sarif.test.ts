import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PinReport } from "../../src/pin-report/pin-report.ts";
import { renderPinSarif } from "../../src/pin-report/sarif.ts";
import { hostileText } from "../report/hostile-texts.ts";
import { pinReport, pinReportOfTexts, pinResult, samplePinReport } from "./sample-pin-report.ts";

// As in the test of the other report's log.
const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv as never);
const validate = ajv.compile(schema);

function resultsOf(report: PinReport) {
  const log = JSON.parse(renderPinSarif(report));
  return log.runs[0].results as {
    ruleId: string;
    level: string;
    locations?: unknown[];
    message: { text: string };
  }[];
}

function fileAt(uri: string) {
  return { artifactLocation: { uri, uriBaseId: "%SRCROOT%" } };
}

describe("a report as SARIF", () => {
  it("has a result for each url that is not well, by how bad it is", () => {
    expect(resultsOf(samplePinReport()).map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ["drift", "error"],
      ["gone", "note"],
      ["expired-allowance", "error"],
      ["unreachable", "warning"],
    ]);
  });

  it("points at the lines that pin", () => {
    const [drift] = resultsOf(samplePinReport());
    expect(drift?.locations).toEqual([
      {
        physicalLocation: { ...fileAt("a%20b.json"), region: { startLine: 7 } },
        logicalLocations: [{ fullyQualifiedName: "/x", kind: "element" }],
      },
      { physicalLocation: fileAt("c.toml") },
      { physicalLocation: { ...fileAt("d.py"), region: { startLine: 1 } } },
    ]);
  });

  it("points at no file outside of the workspace, but names it", () => {
    const inside = { path: "a.json", pointer: null, line: 2 };
    const outside = { path: "../b.json", pointer: "/pins/0", line: 7 };
    const absolute = { path: "/tmp/c.json", pointer: null, line: null };
    const report = pinReport(
      [
        pinResult({ name: "both", class: "drift", places: [outside, inside] }),
        pinResult({ name: "beyond", class: "drift", places: [outside, absolute] }),
        pinResult({ name: "dots", class: "gone", places: [{ ...inside, path: "..a/b.json" }] }),
      ],
      { exitCode: 1 },
    );
    expect(resultsOf(report)).toMatchObject([
      { locations: [{ physicalLocation: { ...fileAt("a.json"), region: { startLine: 2 } } }] },
      { ruleId: "gone", locations: [{ physicalLocation: fileAt("..a/b.json") }] },
    ]);
    expect(resultsOf(report)[0]?.message.text).toMatch(/; pinned at \.\.\/b\.json:7 \(\/pins\/0\)$/);
    expect(JSON.parse(renderPinSarif(report)).runs[0].invocations).toMatchObject([
      {
        executionSuccessful: true,
        toolExecutionNotifications: [
          {
            level: "error",
            associatedRule: { id: "drift" },
            message: {
              text: expect.stringMatching(/^beyond: .*; pinned at \.\.\/b\.json:7 .* and 1 more place$/),
            },
          },
        ],
      },
    ]);
  });

  it("has a result with a place for whatever is in the workspace: code scanning refuses a log without one", () => {
    const problem = { reason: "pins-none", message: "none", places: [{ path: "a", pointer: null, line: 2 }] };
    const results = resultsOf(pinReport([], { exitCode: 2, problems: [problem] }));
    expect(results.map(({ locations }) => locations?.length)).toEqual([1, 1]);
  });

  it("says that nothing could be decided, and why", () => {
    const problem = {
      reason: "pin-digest-invalid",
      message: "a [digest]",
      places: [{ path: "a", pointer: null, line: 2 }],
    };
    expect(resultsOf(pinReport([], { exitCode: 2, problems: [problem] }))).toMatchObject([
      {
        ruleId: "unusable-pin",
        level: "error",
        message: { text: String.raw`a \[digest\]` },
        locations: [{}],
      },
      { ruleId: "undecided", level: "error" },
    ]);
  });

  it("has none where all is well", () => {
    expect(resultsOf(pinReport([pinResult()]))).toEqual([]);
  });

  it("keeps to the schema of OASIS, whatever the texts are", () => {
    expect(validate({ version: "2.1.0" })).toBe(false);
    fc.assert(
      fc.property(pinReportOfTexts(hostileText), (report) => {
        expect(validate(JSON.parse(renderPinSarif(report))) || validate.errors).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
