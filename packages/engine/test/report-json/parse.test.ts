import fc from "fast-check";
import { formatReportJson, REPORT_LIMITS, reportDocument, type ReportDocument } from "@imagegate/core/report";
import { describe, expect, it } from "vitest";
import { reportOfTexts } from "../../../core/test/report/arbitrary-report.ts";
import { hostileText } from "../../../core/test/report/hostile-texts.ts";
import { sampleReport } from "../../../core/test/report/sample-report.ts";
import { parseReport } from "../../src/report-json/parse.ts";

/** Parses the sample's document with members replaced. */
function parseWith(members: Readonly<Record<string, unknown>>): ReturnType<typeof parseReport> {
  return parseReport(JSON.stringify({ ...reportDocument(sampleReport()), ...members }));
}

function problemsOf(members: Readonly<Record<string, unknown>>): unknown {
  const parsed = parseWith(members);
  return parsed.ok ? "read" : parsed.failure;
}

/** The sample's first cause with members replaced. */
function causeWith(members: Readonly<Record<string, unknown>>): readonly unknown[] {
  return [{ ...reportDocument(sampleReport()).causes[0], ...members }];
}

describe("reads back", () => {
  it("a report of 2,016 manifests", () => {
    const report = sampleReport();
    expect(parseReport(formatReportJson(report))).toEqual({ ok: true, value: report });
  });

  it("any report, whatever its texts are", () => {
    const wellFormed = hostileText.map((text) => text.toWellFormed());
    fc.assert(
      fc.property(reportOfTexts(wellFormed), (report) => {
        expect(parseReport(formatReportJson(report))).toEqual({ ok: true, value: report });
      }),
      { numRuns: 100 },
    );
  });

  it("a manifest called __proto__", () => {
    const report = { ...sampleReport(), locations: new Map([["__proto__", "a/b"]]) };
    expect(parseReport(formatReportJson(report))).toEqual({ ok: true, value: report });
  });

  it("half of a surrogate pair as U+FFFD", () => {
    const parsed = parseReport(formatReportJson({ ...sampleReport(), from: "a\uD800" }));
    expect(parsed).toMatchObject({ ok: true, value: { from: "a\uFFFD" } });
  });
});

describe("refuses", () => {
  const none = { causes: [], manifests: [], commits: [] };

  it.each([
    ["an unknown key", { extra: 1 }, [{ path: ["extra"], message: "unknown key" }]],
    [
      "an unknown key of a cause",
      { ...none, causes: causeWith({ html: "<b>" }) },
      [{ path: ["causes", 0, "html"], message: "unknown key" }],
    ],
    ["another version", { version: 2 }, [{ path: ["version"] }]],
    ["a text for a number", { changed: "1" }, [{ path: ["changed"] }]],
    ["a count below zero", { unchanged: -1 }, [{ path: ["unchanged"] }]],
    ["no list of causes", { causes: undefined, manifests: [], commits: [] }, [{ path: ["causes"] }]],
    ["a verdict of another name", { verdict: "fine" }, [{ path: ["verdict"] }]],
    ["a long text", { from: "x".repeat(REPORT_LIMITS.line + 1) }, [{ path: ["from"] }]],
    ["an id that is none", { ...none, causes: causeWith({ id: "../x" }) }, [{ path: ["causes", 0, "id"] }]],
    [
      "a title that is an object",
      { ...none, causes: causeWith({ title: {} }) },
      [{ path: ["causes", 0, "title"] }],
    ],
    [
      "a location above the repository",
      { locations: [{ manifest: "a", path: "../../etc/passwd" }] },
      [{ path: ["locations", 0, "path"] }],
    ],
    [
      "an absolute location",
      { locations: [{ manifest: "a", path: "/etc" }] },
      [{ path: ["locations", 0, "path"] }],
    ],
  ])("%s", (_, members, problems) => {
    expect(problemsOf(members)).toMatchObject({ reason: "report-invalid", problems });
  });

  it("what contradicts itself, with the place", () => {
    expect(problemsOf({ unchanged: 0, changed: 5 })).toMatchObject({
      reason: "report-invalid",
      problems: [{ path: ["changed"] }],
    });
  });

  it("every document of which one member is of another type", () => {
    const document: ReportDocument = reportDocument(sampleReport());
    for (const key of Object.keys(document)) {
      expect(problemsOf({ [key]: true })).toMatchObject({
        reason: "report-invalid",
        problems: [{ path: [key] }],
      });
    }
  });

  it("what is no JSON, and a key that stands twice", () => {
    expect(parseReport("{")).toMatchObject({
      failure: { reason: "report-unreadable", cause: { reason: "json-syntax" } },
    });
    expect(parseReport('{"version":1,"version":1}')).toMatchObject({
      failure: { reason: "report-unreadable", cause: { reason: "json-duplicate-key" } },
    });
  });

  it("a text over the limit before it is read", () => {
    const parsed = parseReport(new Uint8Array(REPORT_LIMITS.bytes + 1));
    expect(parsed).toEqual({
      ok: false,
      failure: {
        reason: "report-too-large",
        sizeBytes: REPORT_LIMITS.bytes + 1,
        limitBytes: REPORT_LIMITS.bytes,
      },
    });
  });

  it("with no more problems than a reader wants", () => {
    const parsed = parseWith({ failures: Array.from({ length: 1_000 }, () => 1) });
    expect(parsed.ok || parsed.failure).toMatchObject({ problems: { length: 20 } });
  });
});
