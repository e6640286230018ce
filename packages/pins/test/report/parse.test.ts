import { formatPinReportJson } from "@imagegate/core/report";
import { describe, expect, it } from "vitest";
import { reportOfPins, resultOf } from "../../../core/test/pin-report/report-of-pins.ts";
import { parsePinReport } from "../../src/report/parse.ts";

const place = { path: "smoke.pins.json", pointer: null, line: null };
const failing = reportOfPins(1, resultOf("ok"), resultOf("drift"), resultOf("unreachable"));
const REPORTS = {
  failing,
  well: reportOfPins(0, resultOf("ok", { allowance: { reason: "moves", expires: "2027-01-31" } })),
  allowed: reportOfPins(0, resultOf("ok"), resultOf("gone", { isAllowed: true })),
  undecided: reportOfPins(2, resultOf("ok"), resultOf("denied", { status: 403 })),
  unusable: { ...reportOfPins(2), problems: [{ reason: "pins-none", message: "none", places: [place] }] },
  partial: { ...failing, isProxied: true, unverified: [{ what: "org.osbuild.skopeo", count: 2, place }] },
};

describe("a report of pins", () => {
  it.each(Object.entries(REPORTS))("is read as it was written: %s", (_, report) => {
    expect(parsePinReport(formatPinReportJson(report))).toEqual({ ok: true, value: report });
  });

  it.each([
    ["exitCode", { exitCode: 0 }],
    ["exitCode", { exitCode: 2 }],
    ["counts", { counts: { ok: 3 } }],
    ["version", { version: 2 }],
    ["results.0.class", { results: [{ class: "fine" }] }],
    ["", { verdict: "well" }],
  ])("is refused when %s is not what its results bear out: %j", (path, change) => {
    const document = JSON.parse(formatPinReportJson(failing)) as object;
    const parsed = parsePinReport(JSON.stringify({ ...document, ...change }));
    if (parsed.ok || parsed.failure.reason !== "pin-report-invalid") throw new Error("it was taken");
    expect(parsed.failure.problems.map((problem) => problem.path.join("."))).toContain(path);
  });

  it("that says all is well of nothing is refused", () => {
    const nothing = JSON.parse(formatPinReportJson(reportOfPins(2))) as object;
    expect(parsePinReport(JSON.stringify({ ...nothing, exitCode: 0 }))).toMatchObject({
      failure: { reason: "pin-report-invalid" },
    });
  });

  it.each(["", "{", '{"failures":[]}', "[]", "null"])("is no %j", (text) => {
    expect(parsePinReport(text)).toMatchObject({ ok: false });
  });

  it("tells twenty problems and no more", () => {
    const results = Array.from({ length: 50 }, () => ({}));
    const document = { ...(JSON.parse(formatPinReportJson(failing)) as object), results };
    const parsed = parsePinReport(JSON.stringify(document));
    expect(parsed).toMatchObject({ failure: { problems: { length: 20 } } });
  });
});
